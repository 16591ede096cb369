// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Every kernel a test can hold against the others. */
final class Kernels {

  private static final String VECTOR_PACKAGE = "org.sparklosses.kernel.vector.";

  private Kernels() {}

  /** Plain Java, then vectors of 128, 256 and 512 bits. */
  static List<RowKernel> all() {
    List<RowKernel> kernels = new ArrayList<>();
    kernels.add(KernelChoice.scalar());
    for (int bits : new int[] {128, 256, 512}) {
      kernels.add(vector(bits));
    }
    return kernels;
  }

  /** The width is fixed when the classes load, so each width has a loader of its own. */
  static RowKernel vector(int bits) {
    String before = System.setProperty("losses.kernel.bits", Integer.toString(bits));
    try {
      Class<?> loops = new VectorLoader().loadClass(VECTOR_PACKAGE + "VectorLoops");
      ChunkLoops instance =
          loops.asSubclass(ChunkLoops.class).getDeclaredConstructor().newInstance();
      RowKernel kernel = new ChunkedKernel(instance);
      if (!kernel.name().equals("vector-" + bits)) {
        throw new IllegalStateException("asked for " + bits + " bits, got " + kernel.name());
      }
      return kernel;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } finally {
      if (before == null) {
        System.clearProperty("losses.kernel.bits");
      } else {
        System.setProperty("losses.kernel.bits", before);
      }
    }
  }

  /** Defines the classes of the vector package anew and leaves all others to its parent. */
  private static final class VectorLoader extends ClassLoader {

    VectorLoader() {
      super(Kernels.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(VECTOR_PACKAGE)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * Fits that read the rows in the same scans, each the rows but for those of a fold. Every fit is a
 * thread of its own, which waits where it wants a scan; when all wait the rows are read once, by
 * the caller's thread, for all of them. There are as many scans as the longest fit wants, and what
 * a fit finds is what it would find alone.
 */
final class Lockstep {

  private final BlockingQueue<Optional<Wanted<?>>> inbox = new LinkedBlockingQueue<>();
  private final LogitRows rows;
  private final int folds;
  private final FoldedSums known;
  private int scans;

  private Lockstep(LogitRows rows, int folds, FoldedSums known) {
    this.rows = rows;
    this.folds = folds;
    this.known = known;
  }

  /**
   * A fit.
   *
   * @param excluded the fold that it is not fitted to; {@link FoldedSums#NONE}
   * @param fit what is done with the rows
   */
  record Part<T>(int excluded, Function<LogitRows, T> fit) {}

  /**
   * What was found.
   *
   * @param found by each part; empty where its fit refused the rows
   * @param scans how often all rows were read for that
   */
  record Found<T>(List<Optional<T>> found, int scans) {}

  /** A request that is waited for. */
  private record Wanted<S extends RowSums<S>>(
      FoldedSums.Request<S> request, CompletableFuture<S> answer) {

    void answer(FoldedSums sums) {
      answer.complete(sums.get(request));
    }
  }

  /**
   * Fits all parts.
   *
   * @param known sums that an earlier scan gave, which are not scanned for again
   */
  static <T> Found<T> run(LogitRows rows, int folds, FoldedSums known, List<Part<T>> parts) {
    Lockstep lockstep = new Lockstep(rows, folds, known);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            parts.size(),
            task -> {
              Thread thread = new Thread(task, "calibration fit");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<CompletableFuture<T>> found = new ArrayList<>();
      for (Part<T> part : parts) {
        CompletableFuture<T> fitted =
            CompletableFuture.supplyAsync(
                () -> part.fit().apply(lockstep.rowsBut(part.excluded())), threads);
        found.add(fitted.whenComplete((fit, failed) -> lockstep.inbox.add(Optional.empty())));
      }
      lockstep.serve(parts.size());
      return new Found<>(found.stream().map(Lockstep::result).toList(), lockstep.scans);
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> Optional<T> result(CompletableFuture<T> fitted) {
    try {
      return Optional.of(fitted.join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof IllegalArgumentException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Reads the rows whenever all fits that go on wait for it. */
  private void serve(int fits) {
    int going = fits;
    List<Wanted<?>> waiting = new ArrayList<>();
    while (going > 0) {
      Optional<Wanted<?>> next = next();
      if (next.isEmpty()) {
        going--;
      } else if (known.has(next.get().request().at())) {
        next.get().answer(known);
      } else {
        waiting.add(next.get());
      }
      if (going > 0 && waiting.size() == going) {
        FoldedSums sums =
            rows.scan(new FoldedSums.At(folds, waiting.stream().map(Wanted::request).toList()));
        scans++;
        waiting.forEach(wanted -> wanted.answer(sums));
        waiting.clear();
      }
    }
  }

  private Optional<Wanted<?>> next() {
    try {
      return inbox.take();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static <S extends RowSums<S>> S answered(Wanted<S> wanted) {
    try {
      return wanted.answer().get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CancellationException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    CancellationException cancelled = new CancellationException("the fit was interrupted");
    cancelled.initCause(e);
    return cancelled;
  }

  /** The rows as one fit sees them. */
  private LogitRows rowsBut(int excluded) {
    return new LogitRows() {
      @Override
      public <S extends RowSums<S>> S scan(SumsAt<S> at) {
        Wanted<S> wanted =
            new Wanted<>(new FoldedSums.Request<>(at, excluded), new CompletableFuture<>());
        inbox.add(Optional.of(wanted));
        return answered(wanted);
      }
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.io.Serializable;
import org.sparklosses.kernel.RowKernel;

/** Where an executor takes its kernel from. */
interface KernelSource extends Serializable {

  RowKernel get();
}

// SPDX-License-Identifier: Apache-2.0
/** The jobs and the library on a standalone cluster, whose daemons are processes of their own. */
package org.sparklosses.jobs.cluster;

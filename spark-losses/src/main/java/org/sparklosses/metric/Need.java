// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

/** What a metric needs a state to keep. Equal needs are kept once. */
public sealed interface Need permits Mean, Component {

  /** What is kept, for a person. */
  String description();
}

// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.sparklosses.report.Svg.Point;

/** A line through many points that looks the same through few. */
final class Polyline {

  /** So many points are enough at the size of a figure. */
  static final int POINTS = 300;

  /** Nobody sees a smaller distance. */
  private static final double INVISIBLE = 0.05;

  private Polyline() {}

  /** The points between two that are kept, and which of them is farthest from the line. */
  private record Piece(int from, int to, int farthest, double distance) {}

  /**
   * At most so many of the points, both ends among them: the one that the line misses by most is
   * kept until there are enough or none is missed visibly (Douglas and Peucker 1973,
   * doi:10.3138/FM57-6770-U75U-7727).
   *
   * @param most at least 2
   */
  static List<Point> thinned(List<Point> points, int most) {
    int last = points.size() - 1;
    if (last < 2) {
      return points;
    }
    Point[] all = points.toArray(Point[]::new);
    BitSet kept = new BitSet(all.length);
    kept.set(0);
    kept.set(last);
    PriorityQueue<Piece> pieces =
        new PriorityQueue<>(
            Comparator.comparingDouble(Piece::distance).reversed().thenComparingInt(Piece::from));
    pieces.add(piece(all, 0, last));
    for (int count = 2; count < most && !pieces.isEmpty(); count++) {
      Piece piece = pieces.remove();
      if (piece.distance < INVISIBLE) {
        break;
      }
      kept.set(piece.farthest);
      pieces.add(piece(all, piece.from, piece.farthest));
      pieces.add(piece(all, piece.farthest, piece.to));
    }
    return kept.stream().mapToObj(points::get).toList();
  }

  private static Piece piece(Point[] points, int from, int to) {
    int farthest = from;
    double distance = 0;
    for (int i = from + 1; i < to; i++) {
      double found = distance(points[i], points[from], points[to]);
      if (found > distance) {
        farthest = i;
        distance = found;
      }
    }
    return new Piece(from, to, farthest, distance);
  }

  /** From a point to a line between two. */
  private static double distance(Point p, Point a, Point b) {
    double dx = b.x() - a.x();
    double dy = b.y() - a.y();
    double square = dx * dx + dy * dy;
    double along = square > 0 ? ((p.x() - a.x()) * dx + (p.y() - a.y()) * dy) / square : 0;
    double t = Math.max(0, Math.min(1, along));
    return Math.hypot(p.x() - a.x() - t * dx, p.y() - a.y() - t * dy);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.flag;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;

/** Distillation by the softmax of teacher and student. */
public final class DistillationFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Distillation";
  }

  @Override
  public String use() {
    return "To see row by row how well a student follows its teacher: a table with both "
        + "their logits. A temperature above 1 brings out what the teacher thinks of the "
        + "other classes.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(kd(), nkd(), mealV2());
  }

  private static RowFunction kd() {
    return RowFunction.define("kd_loss")
        .parameters(
            Distillation.student(), Distillation.teacher(), Distillation.temperature(4, "all"))
        .summary("How far the student's softened probabilities are from the teacher's.")
        .formula("T^2 KL(softmax(teacher / T) || softmax(student / T))")
        .range("[0, inf]; NaN where either softmax is")
        .source("Hinton, Vinyals & Dean 2015, arXiv:1503.02531; T = 4 is usual, not theirs")
        .example("kd_loss(array(2.0, 0.5, -1.0), array(3.0, 1.0, -2.0))")
        .body(
            settings -> {
              double t = settings.number("temperature");
              return Body.ofRow(
                  row -> {
                    LogSoftmax student = LogSoftmax.of(row.array(0), t);
                    return t * t * LogSoftmax.of(row.array(1), t).relativeEntropy(student);
                  });
            });
  }

  private static RowFunction nkd() {
    return RowFunction.define("nkd_loss")
        .parameters(
            Distillation.student(),
            Distillation.teacher(),
            label(),
            Distillation.temperature(1, "the other classes'"),
            number("gamma", 1.5, Range.any(), "the weight of the other classes"))
        .summary("Distillation of the label's probability and, apart from it, of the others'.")
        .formula(
            "-t_y log s_y - gamma T^2 sum_{i != y} t'_i log s'_i; t, s the softmax of teacher and"
                + " student, t', s' that of the classes but y, at temperature T")
        .range("[0, inf] for gamma >= 0; NaN where either softmax is")
        .source("Yang et al. 2023, arXiv:2303.13005; without the cross entropy that its code adds")
        .example("nkd_loss(array(2.0, 0.5, -1.0), array(3.0, 1.0, -2.0), 0)")
        .body(
            settings -> {
              String function = settings.owner();
              double t = settings.number("temperature");
              double gamma = settings.number("gamma");
              return Body.ofRowAndStatistics(row -> nkd(function, row, t, gamma));
            });
  }

  private static RowFunction mealV2() {
    return RowFunction.define("meal_v2_loss")
        .parameters(
            Distillation.student(),
            column(
                "teacher_logits", ParameterType.MATRIX, "the unnormalised scores of each teacher"),
            flag(
                "cross_entropy",
                false,
                "whether to leave out the entropy of the teachers, as the authors' code does"))
        .summary("How far the student's probabilities are from the mean of its teachers'.")
        .formula(
            "KL(q || softmax(student)), q = mean over teachers of softmax(teacher); cross_entropy:"
                + " -sum_i q_i log softmax(student)_i")
        .range("[0, inf]; NaN where a softmax is")
        .source("Shen & Savvides 2020, MEAL V2, arXiv:2009.08453; without its discriminator")
        .example(
            "meal_v2_loss(array(2.0, 0.5, -1.0), array(array(3.0, 1.0, -2.0), array(1.0, 0.0,"
                + " 0.5)))")
        .body(
            settings -> {
              String function = settings.owner();
              boolean crossEntropy = settings.flag("cross_entropy");
              return Body.ofRowAndStatistics(row -> mealV2(function, row, crossEntropy));
            });
  }

  private static double nkd(String function, Row row, double temperature, double gamma) {
    double[] s = row.array(0);
    double[] t = row.array(1);
    int y = row.label();
    Distillation.checkTwoClasses(function, s);
    double own = Mass.times(LogSoftmax.of(t, 1).probability(y), row.statistics().crossEntropy());
    LogSoftmax student = LogSoftmax.without(s, temperature, y);
    LogSoftmax teacher = LogSoftmax.without(t, temperature, y);
    double others = 0;
    for (int j = 0; j < s.length; j++) {
      others += j == y ? 0 : Mass.times(teacher.probability(j), student.crossEntropy(j));
    }
    return own + gamma * temperature * temperature * others;
  }

  private static double mealV2(String function, Row row, boolean crossEntropy) {
    LogSoftmax student = LogSoftmax.of(row.array(0), row.statistics());
    LogSoftmax[] teachers = teachers(function, row.matrix(1), student.classes());
    double sum = 0;
    for (int j = 0; j < student.classes(); j++) {
      double q = 0;
      for (LogSoftmax teacher : teachers) {
        q += teacher.probability(j);
      }
      q /= teachers.length;
      double surplus = crossEntropy || q == 0 ? 0 : StrictMath.log(q);
      sum += Mass.times(q, surplus + student.crossEntropy(j));
    }
    return Math.max(0, sum);
  }

  private static LogSoftmax[] teachers(String function, double[][] logits, int classes) {
    if (logits.length == 0) {
      throw new IllegalArgumentException(
          function + ": teacher_logits is an empty array; give one array a teacher");
    }
    LogSoftmax[] teachers = new LogSoftmax[logits.length];
    for (int i = 0; i < logits.length; i++) {
      if (logits[i].length != classes) {
        throw new IllegalArgumentException(
            function
                + ": teacher_logits["
                + i
                + "] has "
                + logits[i].length
                + " entries, but student_logits has "
                + classes
                + "; both need one entry a class");
      }
      teachers[i] = LogSoftmax.of(logits[i], 1);
    }
    return teachers;
  }
}

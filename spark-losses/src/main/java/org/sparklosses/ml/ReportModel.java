// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The result that a {@link ReportEstimator} found, as texts: {@code json}, {@code html} and {@code
 * console}. They are Params, so that they are saved and loaded with the model.
 *
 * <p>What it makes of a table has nothing to do with the table but its session: one row for each
 * piece of a text, {@code document STRING, piece INT, text STRING}. A text in pieces passes where a
 * row has a limit, as in the messages of Spark Connect.
 */
public final class ReportModel extends Model<ReportModel> implements DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  /** In UTF-8 no more than 3 MB. */
  static final int PIECE = 1 << 20;

  static final StructType SCHEMA =
      new StructType()
          .add("document", DataTypes.StringType, false)
          .add("piece", DataTypes.IntegerType, false)
          .add("text", DataTypes.StringType, false);

  private final String uid;
  private final Param<String> json;
  private final Param<String> html;
  private final Param<String> console;

  /** A model without a result yet. */
  public ReportModel() {
    this(Identifiable$.MODULE$.randomUID("report"));
  }

  /** A model of this identity, without a result yet. */
  public ReportModel(String uid) {
    this.uid = uid;
    json = new Param<>(this, "json", "the result as JSON");
    html = new Param<>(this, "html", "the result as a page");
    console = new Param<>(this, "console", "the result as a table of plain text");
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Param of the result as JSON. */
  public Param<String> json() {
    return json;
  }

  /** Param of the result as a page. */
  public Param<String> html() {
    return html;
  }

  /** Param of the result as a table of plain text. */
  public Param<String> console() {
    return console;
  }

  /** The result as JSON. */
  public String getJson() {
    return getOrDefault(json);
  }

  /** The result as a page of HTML that needs nothing else. */
  public String getHtml() {
    return getOrDefault(html);
  }

  /** The result as a table of plain text. */
  public String getConsole() {
    return getOrDefault(console);
  }

  /** Sets the result as JSON. */
  public ReportModel setJson(String value) {
    set(json, value);
    return this;
  }

  /** Sets the result as a page. */
  public ReportModel setHtml(String value) {
    set(html, value);
    return this;
  }

  /** Sets the result as a table of plain text. */
  public ReportModel setConsole(String value) {
    set(console, value);
    return this;
  }

  /** The pieces of the texts; of the table its session alone is used. */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    List<Row> rows = new ArrayList<>();
    for (Param<String> document : List.of(json, html, console)) {
      List<String> pieces = pieces(getOrDefault(document), PIECE);
      for (int i = 0; i < pieces.size(); i++) {
        rows.add(RowFactory.create(document.name(), i, pieces.get(i)));
      }
    }
    return dataset.sparkSession().createDataFrame(rows, SCHEMA);
  }

  /** A text in pieces of at most so many characters, none of which splits a pair of surrogates. */
  static List<String> pieces(String text, int length) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + length);
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return SCHEMA;
  }

  @Override
  public ReportModel copy(ParamMap extra) {
    return this.<ReportModel>defaultCopy(extra).setParent(parent());
  }

  /** Reads what {@code save} wrote. */
  public static ReportModel load(String path) {
    return read().load(path);
  }

  /** A reader of what {@code write} wrote. */
  public static MLReader<ReportModel> read() {
    return new DefaultParamsReader<>();
  }
}

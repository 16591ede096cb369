// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.compare.Comparison;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.testing.SharedSession;

/**
 * The page in a browser: the variable CHROMIUM names it, or it is where packages put it. Without
 * one the tests are skipped, but not in CI, where the variable CI is set.
 */
@ExtendWith(SharedSession.class)
class ChromiumReportTest {

  private static final Path SCREENSHOTS = Path.of("target", "report-screenshots");

  private static final String CLICK =
      "<script>document.querySelectorAll('#slices th button')[1].click();</script>";

  @TempDir private Path folder;

  private Path browser;
  private String page;

  @BeforeEach
  void makePage(SparkSession spark) {
    Optional<Path> found =
        Stream.of(
                System.getenv("CHROMIUM"),
                "/usr/bin/chromium",
                "/usr/bin/chromium-browser",
                "/usr/bin/google-chrome")
            .filter(path -> path != null && Files.isExecutable(Path.of(path)))
            .map(Path::of)
            .findFirst();
    assumeTrue(found.isPresent() || System.getenv("CI") != null, "no Chromium");
    browser =
        found.orElseThrow(() -> new AssertionError("no Chromium: install it, or set CHROMIUM"));
    page =
        HtmlReport.of(
            Evaluation.ofLogits("z")
                .label("label")
                .slice("country")
                .run(
                    spark
                        .range(60)
                        .selectExpr(
                            "array(id / 20D, 0D, -1D) AS z",
                            "CAST(id % 2 AS INT) AS label",
                            "CASE WHEN id < 30 THEN 'at' WHEN id < 39 THEN 'br' ELSE 'ch' END"
                                + " AS country")),
            "predictions");
  }

  @Test
  void lightAndDark() throws Exception {
    Path html = Files.writeString(folder.resolve("report.html"), page);
    int light = background(html, "light", 1);
    int dark = background(html, "dark", 0);
    assertNotEquals(light, dark);
    assertTrue(brightness(light) > 600, Integer.toHexString(light));
    assertTrue(brightness(dark) < 150, Integer.toHexString(dark));
  }

  @Test
  void comparisonInLightAndDark(SparkSession spark) throws Exception {
    String comparison =
        ComparisonPage.of(
            Comparison.of("old", Evaluation.ofLogits("z").slice("country"))
                .model("new", "y")
                .run(
                    spark
                        .range(60)
                        .selectExpr(
                            "array(id / 20D, 0D, -1D) AS z",
                            "array(id / 30D, 0.1D, -1D) AS y",
                            "CAST(id % 2 AS INT) AS label",
                            "CASE WHEN id < 30 THEN 'at' WHEN id < 39 THEN 'br' ELSE 'ch' END"
                                + " AS country")),
            "predictions");
    Path html = Files.writeString(folder.resolve("comparison.html"), comparison);
    assertTrue(brightness(background(html, "comparison-light", 1)) > 600);
    assertTrue(brightness(background(html, "comparison-dark", 0)) < 150);

    // Twice: in descending order of the slices.
    String click = "document.querySelectorAll('#correctness th button')[0].click();";
    Path clicked =
        Files.writeString(
            folder.resolve("clicked.html"),
            comparison.replace("</body>", "<script>" + click + click + "</script></body>"));
    String dom = run(clicked, "--dump-dom");
    Matcher table =
        Pattern.compile("<section id=\"correctness\">(.*?)</section>", Pattern.DOTALL).matcher(dom);
    assertTrue(table.find());
    List<String> slices =
        Pattern.compile("<th scope=\"row\" class=\"text\">([^<]*)</th>")
            .matcher(table.group(1))
            .results()
            .map(result -> result.group(1))
            .toList();
    assertEquals(List.of("country = ch", "country = br", "country = at", "all rows"), slices);
    assertTrue(dom.contains("class=\"point\""), "no figure");
  }

  @Test
  void figuresAndTablesThatSort() throws Exception {
    Path html = Files.writeString(folder.resolve("report.html"), page);
    String dom = run(html, "--dump-dom");
    assertTrue(dom.contains("class=\"point\""), "no figure");
    assertEquals(List.of("at", "br", "ch"), countries(dom));

    // The second column holds the rows: 30, 9, 21.
    Path clicked =
        Files.writeString(
            folder.resolve("clicked.html"), page.replace("</body>", CLICK + "</body>"));
    assertEquals(List.of("br", "ch", "at"), countries(run(clicked, "--dump-dom")));
    Path twice =
        Files.writeString(
            folder.resolve("twice.html"), page.replace("</body>", CLICK + CLICK + "</body>"));
    assertEquals(List.of("at", "ch", "br"), countries(run(twice, "--dump-dom")));
  }

  @Test
  void curvesInLightAndDark(SparkSession spark) throws Exception {
    Path html = Files.writeString(folder.resolve("figures.html"), figures(spark));
    String dom = run(html, "--dump-dom");
    assertTrue(dom.contains("ROC of class 1"), "no curve");
    // The colour of curves in the style sheet; nothing else in these figures is so dark or so
    // light.
    assertTrue(pixels(screenshot(html, "figures-light", 1, 3000), 0x1f6f8b) > 2000);
    assertTrue(pixels(screenshot(html, "figures-dark", 0, 3000), 0x6cc0dc) > 2000);
  }

  private static String figures(SparkSession spark) {
    return HtmlReport.of(
        Evaluation.ofLogits("z")
            .label("label")
            .figures()
            .run(
                spark
                    .range(400)
                    .selectExpr("4 * sin(id * 12.9898) AS z", "id % 7 - 3 AS noise")
                    .selectExpr("array(0D, z) AS z", "CAST(z + noise > 0 AS INT) AS label")),
        "figures");
  }

  private static int pixels(BufferedImage image, int colour) {
    int[] all = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return (int) Arrays.stream(all).filter(rgb -> (rgb & 0xFFFFFF) == colour).count();
  }

  private static List<String> countries(String dom) {
    Matcher matcher =
        Pattern.compile("<th scope=\"row\" class=\"text\">(at|br|ch)</th>").matcher(dom);
    return matcher.results().map(result -> result.group(1)).toList();
  }

  private int background(Path html, String name, int scheme) throws Exception {
    return screenshot(html, name, scheme, 1600).getRGB(2, 2) & 0xFFFFFF;
  }

  private BufferedImage screenshot(Path html, String name, int scheme, int height)
      throws Exception {
    Files.createDirectories(SCREENSHOTS);
    Path png = SCREENSHOTS.resolve(name + ".png").toAbsolutePath();
    Files.deleteIfExists(png);
    run(
        html,
        "--blink-settings=preferredColorScheme=" + scheme,
        "--window-size=1100," + height,
        "--hide-scrollbars",
        "--screenshot=" + png);
    BufferedImage image = ImageIO.read(png.toFile());
    assertEquals(1100, image.getWidth());
    return image;
  }

  private static int brightness(int rgb) {
    return (rgb >> 16) + (rgb >> 8 & 0xFF) + (rgb & 0xFF);
  }

  private String run(Path html, String... options) throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory(folder, "profile");
    List<String> command =
        new ArrayList<>(
            List.of(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile));
    command.addAll(List.of(options));
    command.add(html.toUri().toString());
    Path out = Files.createTempFile(folder, "browser", ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertTrue(process.waitFor(10, TimeUnit.MINUTES), "the browser hangs");
      assertEquals(0, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(out);
  }
}

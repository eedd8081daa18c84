package io.hera.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The SVG of {@link Growth}: one panel per cost, one line per number of nodes, logarithmic axes.
 */
final class GrowthPlot {
  private static final int WIDTH = 300;
  private static final int HEIGHT = 220;
  private static final int MARGIN = 50;
  private static final List<String> COLOURS = List.of("#1b6ca8", "#c2571a", "#3d8b40");

  private final List<Growth.Point> points;
  private final StringBuilder out = new StringBuilder();

  GrowthPlot(List<Growth.Point> points) {
    this.points = points;
  }

  String svg() {
    int width = 3 * (WIDTH + 2 * MARGIN);
    int height = HEIGHT + 2 * MARGIN;
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
        width, height);
    line("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", width, height);
    panel(0, "CPU µs per heartbeat, all nodes", Growth.Point::cpuMicros);
    panel(1, "live heap of a node, MB", point -> point.heapBytes() / 1e6);
    panel(2, "gossip bytes per heartbeat and peer", Growth.Point::gossipBytes);
    line("</svg>");
    return out.toString();
  }

  private void panel(int index, String title, ToDoubleFunction<Growth.Point> value) {
    List<Growth.Point> shown =
        points.stream().filter(point -> value.applyAsDouble(point) > 0).toList();
    Scale x = Scale.over(shown.stream().mapToDouble(Growth.Point::instances).toArray(), WIDTH);
    Scale y = Scale.over(shown.stream().mapToDouble(value).toArray(), HEIGHT);
    line("<g transform=\"translate(%d %d)\">", index * (WIDTH + 2 * MARGIN) + MARGIN, MARGIN);
    line("<text x=\"0\" y=\"-20\" font-weight=\"bold\">%s</text>", title);
    line("<rect width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#999\"/>", WIDTH, HEIGHT);
    for (double at = x.from; at <= x.to; at *= 10) {
      line(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
          x.at(at), HEIGHT + 18, label(at));
    }
    for (double at = y.from; at <= y.to; at *= 10) {
      double up = HEIGHT - y.at(at);
      line("<text x=\"-6\" y=\"%.1f\" text-anchor=\"end\">%s</text>", up + 4, label(at));
      line("<path d=\"M0 %.1fh%d\" stroke=\"#ddd\"/>", up, WIDTH);
    }
    List<Integer> clusters = shown.stream().map(Growth.Point::nodes).distinct().toList();
    for (int i = 0; i < clusters.size(); i++) {
      int nodes = clusters.get(i);
      List<Growth.Point> own =
          shown.stream().filter(point -> point.nodes() == nodes).toList();
      curve(own, COLOURS.get(i), x, y, value);
      line(
          "<text x=\"8\" y=\"%d\" fill=\"%s\">%d %s</text>",
          18 + 16 * i, COLOURS.get(i), nodes, nodes == 1 ? "node" : "nodes");
    }
    line("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">instances</text>", WIDTH, HEIGHT + 36);
    line("</g>");
  }

  private void curve(
      List<Growth.Point> own,
      String colour,
      Scale x,
      Scale y,
      ToDoubleFunction<Growth.Point> value) {
    StringBuilder path = new StringBuilder();
    for (Growth.Point point : own) {
      double right = x.at((double) point.instances());
      double down = HEIGHT - y.at(value.applyAsDouble(point));
      path.append(
          String.format(Locale.ROOT, "%s%.1f %.1f", path.length() == 0 ? "M" : "L", right, down));
      line("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", right, down, colour);
    }
    line("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", path, colour);
  }

  private static String label(double value) {
    return value >= 1e6
        ? String.format(Locale.ROOT, "%.0fM", value / 1e6)
        : value >= 1e3
            ? String.format(Locale.ROOT, "%.0fk", value / 1e3)
            : String.format(Locale.ROOT, "%.0f", value);
  }

  private void line(String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  /** An axis of {@code length} with the powers of ten around some values. */
  private record Scale(double from, double to, int length) {
    static Scale over(double[] values, int length) {
      double low = Arrays.stream(values).min().orElse(1);
      double high = Arrays.stream(values).max().orElse(1);
      double from = Math.pow(10, Math.floor(Math.log10(low)));
      double to = Math.pow(10, Math.ceil(Math.log10(high)));
      return new Scale(from, Math.max(to, 10 * from), length);
    }

    double at(double value) {
      return length * Math.log10(value / from) / Math.log10(to / from);
    }
  }
}

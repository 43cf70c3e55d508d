package io.driftwood.jobs.picture;

import java.util.List;
import java.util.Locale;

/** Panels of points side by side on common axes, as SVG: the area of a point is its weight's share of the largest. */
public final class ScatterPicture {

    private static final int SIDE = 260;
    private static final int MARGIN = 42;
    private static final double RADIUS = 1.8;

    private final String xName;
    private final String yName;
    private final List<Panel> panels;
    private final Axis x;
    private final Axis y;

    /**
     * One set of points.
     *
     * @param weights of the points, positive
     */
    public record Panel(String title, double[] x, double[] y, double[] weights) {}

    public ScatterPicture(String xName, String yName, List<Panel> panels) {
        this.xName = xName;
        this.yName = yName;
        this.panels = panels;
        this.x = Axis.over(panels.stream().map(Panel::x).toList());
        this.y = Axis.over(panels.stream().map(Panel::y).toList());
    }

    /** The whole file. */
    public String svg() {
        int width = panels.size() * (SIDE + MARGIN) + MARGIN / 2;
        int height = SIDE + 2 * MARGIN;
        StringBuilder out = new StringBuilder();
        out.append(String.format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\" "
                + "font-family=\"sans-serif\" font-size=\"11\" fill=\"#333\">\n", width, height, width, height, escaped(description())));
        out.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        for (int p = 0; p < panels.size(); p++) {
            panel(panels.get(p), MARGIN + p * (SIDE + MARGIN), MARGIN / 2, out);
        }
        return out.append("</svg>\n").toString();
    }

    private String description() {
        return "Draws of " + xName + " and " + yName + ": " + String.join("; ", panels.stream().map(Panel::title).toList());
    }

    private void panel(Panel panel, int left, int top, StringBuilder out) {
        out.append(String.format("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#999\"/>\n", left, top, SIDE, SIDE));
        text(left + SIDE / 2, top - 7, "middle", panel.title(), out);
        text(left + SIDE / 2, top + SIDE + 30, "middle", xName, out);
        text(left - 6, top + SIDE / 2, "end", yName, out);
        text(left, top + SIDE + 15, "start", label(x.low()), out);
        text(left + SIDE, top + SIDE + 15, "end", label(x.high()), out);
        text(left - 6, top + SIDE, "end", label(y.low()), out);
        text(left - 6, top + 9, "end", label(y.high()), out);
        double largest = 0;
        for (double weight : panel.weights()) {
            largest = Math.max(largest, weight);
        }
        out.append("<g fill=\"#1f5fa8\" fill-opacity=\"0.35\">\n");
        for (int i = 0; i < panel.x().length; i++) {
            out.append(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.2f\"/>\n", left + SIDE * x.share(panel.x()[i]),
                    top + SIDE * (1 - y.share(panel.y()[i])), RADIUS * Math.sqrt(panel.weights()[i] / largest)));
        }
        out.append("</g>\n");
    }

    private static void text(int x, int y, String anchor, String text, StringBuilder out) {
        out.append(String.format("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, escaped(text)));
    }

    private static String label(double x) { return String.format(Locale.ROOT, "%.3g", x); }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private record Axis(double low, double high) {

        /** From the least to the largest finite number, with a twentieth on either side. */
        static Axis over(List<double[]> sets) {
            double least = Double.POSITIVE_INFINITY;
            double largest = Double.NEGATIVE_INFINITY;
            for (double[] set : sets) {
                for (double each : set) {
                    least = Math.abs(each) <= Double.MAX_VALUE ? Math.min(least, each) : least;
                    largest = Math.abs(each) <= Double.MAX_VALUE ? Math.max(largest, each) : largest;
                }
            }
            double room = largest > least ? (largest - least) / 20 : 1;
            return least <= largest ? new Axis(least - room, largest + room) : new Axis(0, 1);
        }

        double share(double x) { return (x - low) / (high - low); }
    }
}

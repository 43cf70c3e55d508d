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
    private final Svg.Axis x;
    private final Svg.Axis y;

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
        this.x = Svg.Axis.over(panels.stream().map(Panel::x).toList());
        this.y = Svg.Axis.over(panels.stream().map(Panel::y).toList());
    }

    /** The whole file. */
    public String svg() {
        int width = panels.size() * (SIDE + MARGIN) + MARGIN / 2;
        int height = SIDE + 2 * MARGIN;
        StringBuilder out = new StringBuilder(Svg.open(width, height, description()));
        for (int p = 0; p < panels.size(); p++) {
            panel(panels.get(p), MARGIN + p * (SIDE + MARGIN), MARGIN / 2, out);
        }
        return out.append("</svg>\n").toString();
    }

    private String description() {
        return "Draws of " + xName + " and " + yName + ": " + String.join("; ", panels.stream().map(Panel::title).toList());
    }

    private void panel(Panel panel, int left, int top, StringBuilder out) {
        out.append(Svg.frame(left, top, SIDE));
        Svg.text(left + SIDE / 2, top - 7, "middle", panel.title(), out);
        Svg.text(left + SIDE / 2, top + SIDE + 30, "middle", xName, out);
        Svg.text(left - 6, top + SIDE / 2, "end", yName, out);
        Svg.text(left, top + SIDE + 15, "start", Svg.label(x.low()), out);
        Svg.text(left + SIDE, top + SIDE + 15, "end", Svg.label(x.high()), out);
        Svg.text(left - 6, top + SIDE, "end", Svg.label(y.low()), out);
        Svg.text(left - 6, top + 9, "end", Svg.label(y.high()), out);
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
}

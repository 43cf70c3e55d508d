package io.driftwood.jobs.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Panels of curves side by side on common axes, as SVG; a curve may have a level to be held against, which is drawn dashed in its colour. */
public final class CurvePicture {

    private static final int SIDE = 300;
    private static final int MARGIN = 48;
    private static final int LEGEND = 70;
    /** Told apart by people who do not tell red from green (Okabe and Ito 2008). */
    private static final String[] COLOURS = {"#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#000000"};

    private final String xName;
    private final String yName;
    private final List<Panel> panels;
    private final Svg.Axis x;
    private final Svg.Axis y;

    /**
     * One curve.
     *
     * @param level to be held against; NaN for none
     */
    public record Curve(String name, double[] x, double[] y, double level) {}

    public record Panel(String title, List<Curve> curves) {}

    public CurvePicture(String xName, String yName, List<Panel> panels) {
        this.xName = xName;
        this.yName = yName;
        this.panels = panels;
        List<double[]> xs = new ArrayList<>();
        List<double[]> ys = new ArrayList<>(List.of(new double[] {0}));
        panels.stream().flatMap(panel -> panel.curves().stream()).forEach(curve -> {
            xs.add(curve.x());
            ys.add(curve.y());
            ys.add(new double[] {curve.level()});
        });
        this.x = Svg.Axis.over(xs);
        this.y = Svg.Axis.over(ys);
    }

    /** The whole file. */
    public String svg() {
        int width = panels.size() * (SIDE + MARGIN) + MARGIN / 2 + LEGEND;
        int height = SIDE + 2 * MARGIN;
        StringBuilder out = new StringBuilder(Svg.open(width, height, yName + " against " + xName + ": " + String.join("; ", panels.stream().map(Panel::title).toList())));
        for (int p = 0; p < panels.size(); p++) {
            panel(panels.get(p), MARGIN + p * (SIDE + MARGIN), MARGIN / 2, out);
        }
        legend(width - LEGEND, MARGIN / 2, out);
        return out.append("</svg>\n").toString();
    }

    private void panel(Panel panel, int left, int top, StringBuilder out) {
        out.append(Svg.frame(left, top, SIDE));
        Svg.text(left + SIDE / 2, top - 7, "middle", panel.title(), out);
        Svg.text(left + SIDE / 2, top + SIDE + 30, "middle", xName, out);
        Svg.text(left + 8, top + 16, "start", yName, out);
        Svg.text(left, top + SIDE + 15, "start", Svg.label(x.low()), out);
        Svg.text(left + SIDE, top + SIDE + 15, "end", Svg.label(x.high()), out);
        Svg.text(left - 6, top + SIDE, "end", Svg.label(y.low()), out);
        Svg.text(left - 6, top + 9, "end", Svg.label(y.high()), out);
        for (int c = 0; c < panel.curves().size(); c++) {
            curve(panel.curves().get(c), COLOURS[c % COLOURS.length], left, top, out);
        }
    }

    private void curve(Curve curve, String colour, int left, int top, StringBuilder out) {
        out.append(String.format("<g stroke=\"%s\" fill=\"none\">\n<polyline points=\"", colour));
        for (int i = 0; i < curve.x().length; i++) {
            out.append(place(curve.x()[i], curve.y()[i], left, top)).append(' ');
        }
        out.append("\"/>\n");
        if (curve.level() == curve.level()) {
            double from = curve.x()[0];
            double to = curve.x()[curve.x().length - 1];
            out.append(String.format("<polyline stroke-dasharray=\"4 3\" stroke-opacity=\"0.6\" points=\"%s %s\"/>\n",
                    place(from, curve.level(), left, top), place(to, curve.level(), left, top)));
        }
        out.append("</g>\n");
    }

    private String place(double atX, double atY, int left, int top) {
        return String.format(Locale.ROOT, "%.1f,%.1f", left + SIDE * x.share(atX), top + SIDE * (1 - y.share(atY)));
    }

    private void legend(int left, int top, StringBuilder out) {
        List<Curve> curves = panels.get(0).curves();
        for (int c = 0; c < curves.size(); c++) {
            int line = top + 12 + 16 * c;
            out.append(String.format("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\"/>\n", left, line - 4, left + 16, line - 4, COLOURS[c % COLOURS.length]));
            Svg.text(left + 21, line, "start", curves.get(c).name(), out);
        }
    }
}

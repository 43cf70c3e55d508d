package io.driftwood.jobs.picture;

import java.util.List;
import java.util.Locale;

/** Pieces of an SVG file that pictures have in common. */
final class Svg {

    private Svg() {}

    static String open(int width, int height, String description) {
        return String.format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\" "
                + "font-family=\"sans-serif\" font-size=\"11\" fill=\"#333\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
                width, height, width, height, escaped(description));
    }

    static String frame(int left, int top, int side) {
        return String.format("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#999\"/>\n", left, top, side, side);
    }

    static void text(int x, int y, String anchor, String text, StringBuilder out) {
        out.append(String.format("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, escaped(text)));
    }

    static String label(double x) { return String.format(Locale.ROOT, "%.3g", x); }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /** What is shown along one side. */
    record Axis(double low, double high) {

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

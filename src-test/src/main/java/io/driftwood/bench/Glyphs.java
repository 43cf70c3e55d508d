package io.driftwood.bench;

import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/**
 * Images of digits, rendered by the JDK's own rasteriser: the three logical fonts in four styles, at sizes from 0.8 to 1 of the image, turned by up to 12 degrees and moved by up to half a
 * pixel. Ink is 1 and paper -1. What the logical fonts look like depends on the fonts that are installed, so the images are those of one machine.
 */
final class Glyphs {

    private static final String[] FONTS = {Font.SANS_SERIF, Font.SERIF, Font.MONOSPACED};
    private static final int[] STYLES = {Font.PLAIN, Font.BOLD, Font.ITALIC, Font.BOLD | Font.ITALIC};
    /** Points a pixel is rendered in, each way. */
    private static final int FINE = 8;

    /** Coordinate row*side + column of image i at [coordinate, i]. */
    final Particles images;
    final int[] digits;

    Glyphs(Particles images, int[] digits) {
        this.images = images;
        this.digits = digits;
    }

    /** As many images of every digit as of every other, as far as the number allows. */
    static Glyphs render(int count, int side, long seed) {
        System.setProperty("java.awt.headless", "true");
        Glyphs glyphs = new Glyphs(new Particles(count, side * side), new int[count]);
        double[] u = new double[8];
        BufferedImage canvas = new BufferedImage(side * FINE, side * FINE, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < count; i++) {
            Randomness.of(seed, "glyphs").uniforms(i, Purpose.SIMULATE, 0, u, 0, u.length);
            glyphs.digits[i] = i % 10;
            draw(canvas, glyphs.digits[i], u);
            for (int pixel = 0; pixel < side * side; pixel++) {
                glyphs.images.set(pixel, i, ink(canvas, pixel / side, pixel % side));
            }
        }
        glyphs.images.pad();
        return glyphs;
    }

    private static void draw(BufferedImage canvas, int digit, double[] u) {
        int side = canvas.getWidth();
        Graphics2D g = canvas.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(Color.BLACK);
        g.fillRect(0, 0, side, side);
        g.setColor(Color.WHITE);
        Font font = new Font(FONTS[(int) (u[0] * FONTS.length)], STYLES[(int) (u[1] * STYLES.length)], side);
        GlyphVector vector = font.createGlyphVector(g.getFontRenderContext(), String.valueOf(digit));
        Rectangle2D box = vector.getVisualBounds();
        double scale = side * (0.8 + 0.2 * u[2]) / box.getHeight();
        AffineTransform place = new AffineTransform();
        place.translate(0.5 * side + FINE * (u[3] - 0.5), 0.5 * side + FINE * (u[4] - 0.5));
        place.rotate(Math.toRadians(24 * (u[5] - 0.5)));
        place.scale(scale, scale);
        place.translate(-box.getCenterX(), -box.getCenterY());
        g.fill(place.createTransformedShape(vector.getOutline()));
        g.dispose();
    }

    /** Of one pixel, in [-1, 1]: the mean over its points. */
    private static double ink(BufferedImage canvas, int row, int column) {
        int sum = 0;
        for (int y = 0; y < FINE; y++) {
            for (int x = 0; x < FINE; x++) {
                sum += canvas.getRaster().getSample(column * FINE + x, row * FINE + y, 0);
            }
        }
        return 2.0 * sum / (255 * FINE * FINE) - 1;
    }
}

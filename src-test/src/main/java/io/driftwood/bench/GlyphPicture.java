package io.driftwood.bench;

import io.driftwood.inference.particle.Particles;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;

/** Rows of images under their names, as PNG. */
final class GlyphPicture {

    static final int COLUMNS = 20;

    private static final int POINTS = 3;
    private static final int GAP = 4;
    private static final int LINE = 16;

    private GlyphPicture() {}

    static void write(Map<String, Particles> rows, int side, Path file) throws IOException {
        int cell = side * POINTS + GAP;
        BufferedImage picture = new BufferedImage(COLUMNS * cell + GAP, rows.size() * (cell + LINE) + GAP, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D g = picture.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        int top = 0;
        for (Map.Entry<String, Particles> row : rows.entrySet()) {
            g.setColor(Color.BLACK);
            g.drawString(row.getKey(), GAP, top + LINE - 4);
            for (int i = 0; i < Math.min(COLUMNS, row.getValue().size); i++) {
                image(g, row.getValue(), i, side, GAP + i * cell, top + LINE);
            }
            top += cell + LINE;
        }
        g.dispose();
        ImageIO.write(picture, "png", file.toFile());
    }

    private static void image(Graphics2D g, Particles images, int i, int side, int left, int top) {
        for (int pixel = 0; pixel < side * side; pixel++) {
            float paper = (float) Math.min(1, Math.max(0, 0.5 * (1 - images.get(pixel, i))));
            g.setColor(new Color(paper, paper, paper));
            g.fillRect(left + pixel % side * POINTS, top + pixel / side * POINTS, POINTS, POINTS);
        }
    }
}

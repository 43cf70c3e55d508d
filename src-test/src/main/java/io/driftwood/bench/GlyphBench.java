package io.driftwood.bench;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.denoise.learn.Covariances;
import io.driftwood.inference.denoise.learn.ExpectationMaximisation;
import io.driftwood.inference.denoise.learn.PerceptronTraining;
import io.driftwood.inference.denoise.walk.SequentialMeasurements;
import io.driftwood.inference.denoise.walk.SequentialSigns;
import io.driftwood.inference.denoise.walk.Walk;
import io.driftwood.inference.denoise.walk.WalkJump;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Empirical;
import io.driftwood.inference.target.Patterns;
import io.driftwood.inference.transition.TwoStage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Images of digits drawn by denoising: a perceptron, a mixture by expectation-maximisation and the exact score of the training images, held against each other by what they lose on images
 * they have not seen, by how far their draws lie from the training images, and by the shares of the digits; and the images made of signs by the discrete sampler. Writes a picture.
 */
final class GlyphBench implements Bench {

    private static final int SIDE = 10;
    private static final int ROWS = 20_000;
    private static final int HELD_OUT = 2000;
    /** Atoms of the exact score, and patterns of signs. */
    private static final int ATOMS = 1000;
    private static final int DRAWS = 100;
    private static final double LEAST = 0.1;
    private static final double LARGEST = 4;
    /** They leave noise of 0.2. */
    private static final int MEASUREMENTS = 400;
    private static final double WALK_NOISE = 0.8;
    private static final double[] NOISES = {0.25, 0.5, 1, 2};

    private final Scratch scratch = new Scratch();

    @Override
    public String name() { return "glyphs"; }

    @Override
    public String help() { return "Images of digits by learned denoisers: loss on unseen images, distance of draws from the training images, shares of digits; writes a picture; minutes."; }

    @Override
    public List<Figure> run(PrintWriter talk) throws IOException {
        List<Figure> figures = new ArrayList<>();
        say(talk, "rendering " + ROWS + " images of " + SIDE + " x " + SIDE);
        Glyphs rows = Glyphs.render(ROWS, SIDE, 1);
        Glyphs unseen = Glyphs.render(HELD_OUT, SIDE, 2);
        Map<String, Denoiser> denoisers = learn(rows, figures, talk);
        denoisers.forEach((name, denoiser) -> losses(name, denoiser, unseen.images, figures));
        Map<String, Particles> shown = new LinkedHashMap<>();
        shown.put("training images", first(rows.images, GlyphPicture.COLUMNS));
        tell("training images", first(unseen.images, DRAWS), rows, figures);
        for (Map.Entry<String, Denoiser> each : denoisers.entrySet()) {
            say(talk, "drawing by the " + each.getKey());
            show("walk-jump, " + each.getKey(), walkJump(each.getValue()), rows, shown, figures);
            show("sequential, " + each.getKey(), sequential(each.getValue()), rows, shown, figures);
        }
        say(talk, "drawing signs");
        Glyphs signs = signs(rows, ATOMS);
        shown.put("training images as signs", first(signs.images, GlyphPicture.COLUMNS));
        show("sequential signs", sequentialSigns(signs), signs, shown, figures);
        Path file = Pictures.directory().resolve("glyphs.png");
        GlyphPicture.write(shown, SIDE, file);
        say(talk, "wrote " + file);
        return figures;
    }

    private static void say(PrintWriter talk, String what) {
        talk.println("glyphs: " + what + " ...");
        talk.flush();
    }

    private Map<String, Denoiser> learn(Glyphs rows, List<Figure> figures, PrintWriter talk) {
        Map<String, Denoiser> denoisers = new LinkedHashMap<>();
        say(talk, "training a perceptron");
        long begin = System.nanoTime();
        denoisers.put("perceptron", new PerceptronTraining(160, 2, 128, 4000, 3e-3, LEAST, LARGEST).train(rows.images, Randomness.of(3, "perceptron"), done -> {}).denoiser());
        figures.add(Figure.alone("training of the perceptron", (System.nanoTime() - begin) * 1e-9, "s"));
        say(talk, "fitting a mixture");
        begin = System.nanoTime();
        ExpectationMaximisation fit = new ExpectationMaximisation(Covariances.DIAGONAL, 60, 1e-4, 3);
        denoisers.put("mixture of 200", fit.fit(first(rows.images, 6000), 200, Randomness.of(4, "mixture")).mixture());
        figures.add(Figure.alone("fit of the mixture", (System.nanoTime() - begin) * 1e-9, "s"));
        double[][] atoms = new double[ATOMS][];
        double[] weights = new double[ATOMS];
        Arrays.fill(weights, 1);
        Arrays.setAll(atoms, i -> image(rows.images, i));
        denoisers.put("score of " + ATOMS + " images", Empirical.of(atoms, weights, 0));
        return denoisers;
    }

    private static double[] image(Particles images, int i) {
        double[] out = new double[images.dimension];
        Arrays.setAll(out, j -> images.get(j, i));
        return out;
    }

    static Particles first(Particles images, int count) {
        Particles out = new Particles(count, images.dimension);
        for (int j = 0; j < images.dimension; j++) {
            System.arraycopy(images.values, j * images.stride, out.values, j * out.stride, count);
        }
        out.pad();
        return out;
    }

    /** Mean squared error a pixel on unseen images. */
    private void losses(String name, Denoiser denoiser, Particles unseen, List<Figure> figures) {
        for (double sigma : NOISES) {
            Particles y = new Particles(unseen.size, unseen.dimension);
            Randomness.of(5, "noise").normals(0, Purpose.NOISE, 0, y.values, 0, y.length());
            for (int at = 0; at < y.length(); at++) {
                y.values[at] = unseen.values[at] + sigma * y.values[at];
            }
            double[] mean = new double[y.length()];
            denoiser.posteriorMean(y, sigma * sigma, mean, scratch);
            double sum = 0;
            for (int at = 0; at < y.length(); at++) {
                sum += (mean[at] - unseen.values[at]) * (mean[at] - unseen.values[at]);
            }
            figures.add(Figure.alone(name + ": squared error a pixel at noise " + sigma, sum / y.length(), ""));
        }
    }

    private Particles seeds() {
        Particles x = new Particles(DRAWS, SIDE * SIDE);
        Randomness.of(6, "seeds").normals(0, Purpose.START, 0, x.values, 0, x.length());
        return x;
    }

    private Particles walkJump(Denoiser denoiser) {
        Particles x = seeds();
        new WalkJump(WALK_NOISE, Walk.aboba(0.5, Walk.FRICTION), 400, false).draw(denoiser, x, Randomness.of(7, "walk"), 0, scratch);
        return x;
    }

    private Particles sequential(Denoiser denoiser) {
        Particles x = seeds();
        new SequentialMeasurements(LARGEST, MEASUREMENTS, Walk.aboba(0.7, 0.3), 100, 2, false).draw(denoiser, x, Randomness.of(8, "walk"), 0, scratch);
        return x;
    }

    private static Glyphs signs(Glyphs rows, int count) {
        Particles images = first(rows.images, count);
        for (int at = 0; at < images.length(); at++) {
            images.values[at] = images.values[at] > 0 ? 1 : -1;
        }
        return new Glyphs(images, Arrays.copyOf(rows.digits, count));
    }

    private Particles sequentialSigns(Glyphs signs) {
        double[][] patterns = new double[signs.images.size][];
        double[] weights = new double[patterns.length];
        Arrays.fill(weights, 1);
        Arrays.setAll(patterns, i -> image(signs.images, i));
        Particles x = new Particles(DRAWS, SIDE * SIDE);
        new SequentialSigns(60, new Walk(new TwoStage(true, 1), 1), 10, false).draw(new Patterns(patterns, weights, 0.1), x, Randomness.of(9, "walk"), 0, scratch);
        return x;
    }

    private static void show(String name, Particles draws, Glyphs rows, Map<String, Particles> shown, List<Figure> figures) {
        shown.put(name, first(draws, GlyphPicture.COLUMNS));
        tell(name, draws, rows, figures);
    }

    /** Root mean squared distance a pixel to the nearest training image, and the digits of the nearest: the share of the rarest and of the commonest. */
    private static void tell(String name, Particles draws, Glyphs rows, List<Figure> figures) {
        double sum = 0;
        double[] shares = new double[10];
        for (int i = 0; i < draws.size; i++) {
            double least = Double.POSITIVE_INFINITY;
            int nearest = 0;
            for (int r = 0; r < rows.images.size; r++) {
                double distance = 0;
                for (int j = 0; j < draws.dimension && distance < least; j++) {
                    double difference = draws.get(j, i) - rows.images.get(j, r);
                    distance += difference * difference;
                }
                if (distance < least) {
                    least = distance;
                    nearest = r;
                }
            }
            sum += least / draws.dimension;
            shares[rows.digits[nearest]] += 1.0 / draws.size;
        }
        figures.add(Figure.alone(name + ": distance a pixel to the nearest training image", Math.sqrt(sum / draws.size), ""));
        figures.add(Figure.alone(name + ": share of the rarest digit", Arrays.stream(shares).min().orElseThrow(), ""));
        figures.add(Figure.alone(name + ": share of the commonest digit", Arrays.stream(shares).max().orElseThrow(), ""));
    }
}

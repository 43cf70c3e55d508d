package io.driftwood.inference.learn;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.denoise.learn.RidgeLearner;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A {@link RidgeLearner} led over a table some times, with fresh noise each time. */
final class RidgeFit implements Training {

    /** Options that it has on a stream, too. */
    static final List<Option> STREAMING = List.of(
            Learnt.LEAST, Learnt.LARGEST,
            Option.withDefault("features", Shape.integer(0, 4096), 256L, "random cosines besides one and the coordinates; 0 makes a linear function"),
            Option.optional("length", Shape.positive(), "length of the cosines' kernel where the coordinates have variance one; absent: the root of their number"),
            Option.withDefault("levels", Shape.integer(1, 64), 8L, "noise scales at which it is fitted, even on the logarithm; between them it is interpolated"),
            Option.withDefault("ridge", Shape.positive(), 0.01, "added to the squares of the features"),
            Option.withDefault("burn-in", Shape.integer(2, 1_000_000), 200L, "rows for mean and scale alone; of a table at most half of them"));

    static final Option[] OPTIONS = Stream.concat(STREAMING.stream(), Stream.of(
            Option.withDefault("passes", Shape.integer(1, 100_000), 4L, "times that the table is gone through"))).toArray(Option[]::new);

    private final Settings settings;

    RidgeFit(Settings settings) {
        this.settings = settings;
        if (settings.number("least-noise") > settings.number("largest-noise")) {
            throw settings.problem("least-noise", "must not be above largest-noise");
        }
    }

    @Override
    public Learned learn(Particles rows, List<String> fields, String name, long seed, Consumer<String> told) {
        double length = settings.optionalNumber("length").orElse(Math.sqrt(rows.dimension));
        int burnIn = Math.max(2, Math.min(settings.count("burn-in"), rows.size / 2));
        RidgeLearner.Options options = new RidgeLearner.Options(settings.count("features"), length, settings.count("levels"),
                settings.number("least-noise"), settings.number("largest-noise"), settings.number("ridge"), burnIn);
        RidgeLearner learner = new RidgeLearner(name, fields, options, seed);
        double[] state = learner.start();
        double[] row = new double[rows.dimension];
        Scratch scratch = new Scratch();
        for (int pass = 1; pass <= settings.count("passes"); pass++) {
            for (int i = 0; i < rows.size; i++) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = rows.get(j, i);
                }
                state = learner.learn(state, row, scratch);
            }
            told.accept("pass " + pass + " of " + settings.count("passes"));
        }
        return Learnt.with(learner.snapshot(state, 1, Learnt.ALWAYS).orElseThrow(), Map.of("fields", String.join(" ", fields)));
    }
}

package io.driftwood.inference.learn;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.denoise.learn.PerceptronTraining;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** A perceptron by {@link PerceptronTraining}. */
final class PerceptronFit implements Training {

    static final Option[] OPTIONS = {
        Learnt.LEAST, Learnt.LARGEST,
        Option.withDefault("width", Shape.integer(1, 4096), 128L, "numbers in each hidden layer"),
        Option.withDefault("blocks", Shape.integer(1, 64), 2L, "residual blocks of two layers"),
        Option.withDefault("batch", Shape.integer(1, 65_536), 256L, "rows of a step"),
        Option.withDefault("steps", Shape.count(), 4000L, "steps of training"),
        Option.withDefault("rate", Shape.positive(), 0.003, "learning rate at first; it falls to nothing along half a cosine"),
    };

    private static final int TOLD = 10;

    private final PerceptronTraining training;

    PerceptronFit(Settings s) {
        if (s.number("least-noise") > s.number("largest-noise")) {
            throw s.problem("least-noise", "must not be above largest-noise");
        }
        this.training = new PerceptronTraining(s.count("width"), s.count("blocks"), s.count("batch"), s.count("steps"), s.number("rate"), s.number("least-noise"),
                s.number("largest-noise"));
    }

    @Override
    public Learned learn(Particles rows, List<String> fields, String name, long seed, Consumer<String> told) {
        int every = Math.max(1, training.steps() / TOLD);
        PerceptronTraining.Result result = training.train(rows, Randomness.of(seed, name), done -> {
            if (done % every == 0) {
                told.accept("step " + done + " of " + training.steps());
            }
        });
        double[] losses = result.losses();
        double last = Arrays.stream(losses, losses.length - Math.max(1, losses.length / TOLD), losses.length).average().orElseThrow();
        String loss = String.format(Locale.ROOT, "%.4f", last);
        told.accept("loss " + loss + " over the last tenth, in units in which the best linear function of one number has 1");
        return result.denoiser().learned(name, 1, Learnt.ALWAYS, Map.of("method", "residual perceptron by denoising score matching", "rows", String.valueOf(rows.size),
                "fields", String.join(" ", fields), "loss", loss));
    }
}

package io.driftwood.jobs.configuration;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.denoise.conditional.ConditionedMixture;
import io.driftwood.inference.denoise.conditional.ConditionedProblem;
import io.driftwood.inference.denoise.conditional.Likelihood;
import io.driftwood.inference.denoise.conditional.LinearLikelihood;
import io.driftwood.inference.denoise.conditional.ModelLikelihood;
import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.denoise.function.FittedDenoiser;
import io.driftwood.inference.denoise.learn.LearnedMixture;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Models;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.DataRows;
import io.driftwood.inference.target.DenoiserProblem;
import io.driftwood.inference.target.GaussianMixture;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.target.Targets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every target that {@code driftwood sample} can draw from: the built-in ones, what was learned and lies in a file, and any that can be seen through noise given an observation. */
public final class SampleTargets {

    private static final Catalogue<Problem> UNCONDITIONED = with(Targets.CATALOGUE,
            Entry.of("learned", "What was learned and lies in a file: a mixture of normals, or a denoiser, which has a score and no density and is for samplers by denoising.",
                    SampleTargets::learned,
                    Option.required("file", Shape.file(), "The file, as driftwood learn or a learning job writes it; of several versions the newest.")));

    public static final Catalogue<Problem> CATALOGUE = with(UNCONDITIONED,
            Entry.of("conditioned", "Another target given an observation of it, linear with normal noise or data under a model; its normaliser is the evidence.",
                    SampleTargets::conditioned,
                    Option.required("prior", Shape.variant(UNCONDITIONED), "The target without the observation."),
                    Option.optional("map", Shape.table(), "Of a linear observation: a row of as many numbers as coordinates for each number observed."),
                    Option.optional("value", Shape.listOf(Shape.number()), "Of a linear observation: what was observed, one number for each row of the map."),
                    Option.withDefault("sd", Shape.either(Shape.positive(), Shape.listOf(Shape.positive())), 1.0,
                            "Of a linear observation: standard deviation of its noise, one for all numbers or one for each."),
                    Option.optional("model", Shape.variantOrClass(Models.CATALOGUE), "Of any other: a model whose parameters, on the whole line, are the target's coordinates; its own prior plays no part."),
                    Option.optional("data", Shape.table(), "The model's observations, as for the target posterior."),
                    Option.optional("method", Shape.choice("closed-form", "weighted-draws", "plug-in"),
                            "what samplers by denoising go by: the closed form, of a normal or a mixture with a linear observation; weighted draws of x given its measurements, "
                                    + "consistent in their number; or the likelihood at the mean of x given them, which is biased; absent: the first of these that there is"),
                    Option.withDefault("draws", Shape.integer(1, 1_000_000), 64L, "Weighted draws for each mean.")));

    private SampleTargets() {}

    private static Catalogue<Problem> with(Catalogue<Problem> others, Entry<Problem> entry) {
        return new Catalogue<>(others.kind(), Stream.<Entry<? extends Problem>>concat(others.entries().stream(), Stream.of(entry)).toList());
    }

    private static Problem learned(Settings settings) {
        try {
            Learned learned = LearnedFile.read(Path.of(settings.text("file")));
            if (FittedDenoiser.isType(learned.type())) {
                return new DenoiserProblem(FittedDenoiser.read(learned));
            }
            boolean normal = learned.type().equals("gaussian");
            int coordinates = learned.arrays().getOrDefault(normal ? "mean" : "means", new double[0]).length;
            int components = normal ? 1 : learned.arrays().getOrDefault("weights", new double[1]).length;
            return LearnedMixture.read(learned, Math.max(1, coordinates / Math.max(1, components)));
        } catch (IOException | Learned.UnfitException e) {
            throw settings.problem("file", e.getMessage());
        }
    }

    private static Problem conditioned(Settings settings) {
        Problem prior = UNCONDITIONED.build(settings.struct("prior"));
        Denoiser denoiser = prior.denoiser(Randomness.of(0, "conditioned"))
                .orElseThrow(() -> settings.problem("prior", "is not known seen through noise; take a normal, a mixture of normals, an empirical or a learned target"));
        Optional<LinearLikelihood> linear = linear(settings, prior.target().dimension());
        Likelihood likelihood = linear.<Likelihood>map(l -> l).orElseGet(() -> data(settings));
        boolean closed = linear.isPresent() && denoiser instanceof GaussianMixture;
        String method = settings.optionalText("method").orElse(closed ? "closed-form" : denoiser.draws() ? "weighted-draws" : "plug-in");
        if (method.equals("closed-form") && !closed) {
            throw settings.problem("method", "there is none but for a normal or a mixture of normals with a linear observation");
        } else if (method.equals("weighted-draws") && !denoiser.draws()) {
            throw settings.problem("method", "needs draws of x given its measurements, and of this prior only their mean is known; plug-in goes by that, and is biased");
        } else if (method.equals("closed-form")) {
            return ConditionedMixture.of((GaussianMixture) denoiser, linear.get().map(), linear.get().observation(), linear.get().noise());
        }
        try {
            return new ConditionedProblem(prior, likelihood, method.equals("plug-in") ? 0 : settings.count("draws"));
        } catch (IllegalArgumentException e) {
            throw settings.problem(linear.isPresent() ? "map" : "model", e.getMessage());
        }
    }

    private static Optional<LinearLikelihood> linear(Settings settings, int dimension) {
        if (settings.has("map") == settings.has("model")) {
            throw settings.problem("map", "needs one of the two: a map with a value, or a model with data");
        } else if (!settings.has("map")) {
            return Optional.empty();
        }
        double[][] map = settings.table("map").rows();
        double[] value = settings.has("value") ? settings.numbers("value") : new double[0];
        if (map.length == 0 || map[0].length != dimension || Stream.of(map).flatMapToDouble(Arrays::stream).anyMatch(a -> !Double.isFinite(a))) {
            throw settings.problem("map", "needs rows of " + dimension + " numbers, one for each coordinate of the prior, none missing");
        } else if (value.length != map.length) {
            throw settings.problem(settings.has("value") ? "value" : "map", "needs a value of " + map.length + " numbers, one for each row of the map");
        }
        double[] variances = variances(settings, map.length);
        return Optional.of(new LinearLikelihood(map, value, variances));
    }

    private static double[] variances(Settings settings, int count) {
        double[] sds = new double[count];
        if (settings.get("sd") instanceof List<?>) {
            sds = settings.numbers("sd");
        } else {
            Arrays.fill(sds, settings.number("sd"));
        }
        if (sds.length != count) {
            throw settings.problem("sd", "needs one number, or " + count + ", one for each row of the map");
        }
        return Arrays.stream(sds).map(sd -> sd * sd).toArray();
    }

    private static Likelihood data(Settings settings) {
        if (!settings.has("data")) {
            throw settings.problem("model", "needs `data`");
        }
        Model model = Models.build(settings.struct("model"));
        return new ModelLikelihood(model, DataRows.encoded(model, settings));
    }
}

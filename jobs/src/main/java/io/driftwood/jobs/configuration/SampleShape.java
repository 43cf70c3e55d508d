package io.driftwood.jobs.configuration;

import static io.driftwood.inference.catalogue.Option.optional;
import static io.driftwood.inference.catalogue.Option.required;
import static io.driftwood.inference.catalogue.Option.withDefault;
import static io.driftwood.inference.catalogue.Shape.anything;
import static io.driftwood.inference.catalogue.Shape.either;
import static io.driftwood.inference.catalogue.Shape.integer;
import static io.driftwood.inference.catalogue.Shape.listOf;
import static io.driftwood.inference.catalogue.Shape.mapOf;
import static io.driftwood.inference.catalogue.Shape.number;
import static io.driftwood.inference.catalogue.Shape.positive;
import static io.driftwood.inference.catalogue.Shape.struct;
import static io.driftwood.inference.catalogue.Shape.text;
import static io.driftwood.inference.catalogue.Shape.variant;

import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.sample.Samplers;
import java.util.List;
import java.util.Map;

/** What the configuration of {@code driftwood sample} may look like: a target instead of a stream. */
public final class SampleShape {

    public static final Shape.Struct ROOT = (Shape.Struct) struct(
            withDefault("name", text("a name for the job"), "sample", "Name of the job, in every draw."),
            required("target", variant(SampleTargets.CATALOGUE), "What is drawn from."),
            optional("reference",
                    struct(
                            withDefault("mean", either(number(), listOf(number())), 0.0, "mean, one for all coordinates or one for each"),
                            withDefault("sd", either(positive(), listOf(positive())), 1.0, "standard deviation, one for all coordinates or one for each")),
                    "The normal distribution that annealing, tempering and chains start from; without it the target's own."),
            withDefault("sampler", variant(Samplers.CATALOGUE), "smc", "How it is drawn from."),
            withDefault("particles", integer(2, 1 << 24), 1024L, "points moved side by side in a run"),
            withDefault("draws", integer(1, 1 << 24), 20L, "draws kept of each particle, by samplers that are Markov chains; a population is drawn once"),
            withDefault("chains", integer(1, 1 << 16), 4L, "independent runs of the sampler, spread over the slots of the cluster"),
            withDefault("seed", integer(Long.MIN_VALUE, Long.MAX_VALUE), 1L, "the same seed gives the same draws, bit for bit, at any parallelism"),
            withDefault("sinks", listOf(variant(Catalogues.SAMPLE_SINKS)), List.of("stdout"),
                    "Where draws and the closing diagnostics go; the latter to stderr unless a sink takes them."),
            withDefault("flink", mapOf(anything()), Map.of(), "Flink's own configuration, passed through untouched."),
            withDefault("kafka", mapOf(anything()), Map.of(), "Properties of Kafka clients, passed through untouched."));

    private SampleShape() {}

    /** Whether a file is about a stream and not about a target. */
    static boolean describesAStream(YamlFile file) {
        return !file.tree().containsKey("target") && (file.tree().containsKey("model") || file.tree().containsKey("source"));
    }

    /** Whether a file is about a target and not about a stream. */
    static boolean describes(YamlFile file) {
        return file.tree().containsKey("target") && !file.tree().containsKey("model") && !file.tree().containsKey("source");
    }
}

package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.filter.dynamics.StateSpaceModels;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Resampler;
import io.driftwood.inference.particle.SystematicResampler;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Summariser;
import io.driftwood.inference.summary.SummaryOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** One key's stream through one filter. */
public final class Run {

    private final FilterPosterior posterior;
    private final Scratch scratch = new Scratch();
    final PosteriorState state;
    StepInfo info;
    private Observation last;
    private long records;

    Run(Filter filter, long seed) { this(filter, new Clock(0), seed, "key"); }

    Run(Filter filter, Clock clock, long seed, String key) {
        posterior = new FilterPosterior(filter, clock, new Forecaster(filter, clock, new double[] {0.05, 0.5, 0.95}), seed);
        state = posterior.start(key);
    }

    static Run of(StateSpaceModel model, int particles, long seed, BiFunction<StateSpaceModel, FilterSetup, Filter> filter) {
        return new Run(filter.apply(model, setup(model, particles, new SystematicResampler())), seed);
    }

    static Filter bootstrap(StateSpaceModel model, FilterSetup setup) {
        return new ParticleFilter(model, new BootstrapProposal(model), false, setup);
    }

    Run feed(double... values) { return feedAt(Observation.NO_TIME, values); }

    Run feedAt(long time, double... values) {
        last = new Observation("key", time, values, "test", records++);
        info = posterior.step(state, last, scratch);
        return this;
    }

    Run feedAll(double[] series) {
        for (double y : series) {
            feed(y);
        }
        return this;
    }

    PosteriorSummary summary() { return posterior.summarise(state, last, info, scratch); }

    double mean(int k) { return summary().parameters()[k].mean(); }

    double variance(int k) { return summary().parameters()[k].sd() * summary().parameters()[k].sd(); }

    static FilterSetup setup(StateSpaceModel model, int particles, Resampler resampler) {
        return new FilterSetup(particles, resampler, 0.5, 0.8, Scored.reserved(model),
                new Summariser(model.state(), (theta, values, out, scratch) -> { }, SummaryOptions.of("test")));
    }

    /** A model as a configuration would make it; keys and values alternate. */
    public static StateSpaceModel model(String type, Object... keysAndValues) {
        Map<String, Object> tree = new LinkedHashMap<>(Map.of("type", type));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tree.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        Settings settings = Checker.check(new Shape.Struct(List.of(Option.required("model", Shape.variant(StateSpaceModels.CATALOGUE), ""))),
                Map.of("model", tree)).orThrow().struct("model");
        return StateSpaceModels.build(settings);
    }

    /** Yearly flow of the Nile at Aswan, 1871 to 1970. */
    static double[] nile() {
        try {
            return Files.readAllLines(Path.of(Run.class.getResource("/data/nile.csv").toURI())).stream().skip(1)
                    .mapToDouble(line -> Double.parseDouble(line.split(",")[1])).toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static StateSpaceModel nileModel() {
        return model("local-level", "response", "flow", "noise-variance", 15099.0, "level-variance", 1469.1,
                "initial", Map.of("mean", 1000.0, "variance", 1e6));
    }
}

package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.SummaryOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a filter says that it does not read of the section {@code sampler} changes nothing, and each option that it says it reads changes something. */
class SamplerOptionsOfFiltersTest {

    private static final StateSpaceModel LEVEL = Run.model("local-level", "response", "y", "noise-variance", 1.5, "level-variance", 0.3,
            "initial", Map.of("mean", 2.0, "variance", 4.0));
    private static final StateSpaceModel BROWNIAN = Run.model("brownian", "response", "y", "prior-sd", 3.0);
    private static final StateSpaceModel VOLATILITY = Run.model("stochastic-volatility", "response", "y", "mean", 0.0, "persistence", 0.9, "volatility", 0.5);
    private static final double[] SERIES = {1.1, 2.3, 1.7, 3.9, 2.2, -6, 2.1, 2.4};

    private static final Map<String, Object> OTHERWISE = Map.of("particles", 40L, "seed", 8L, "resampler", "multinomial", "ess-threshold", 0.99,
            "conditional-ess", 0.97);

    @ParameterizedTest
    @CsvSource({"auto, none", "kalman, none", "bootstrap, none", "bootstrap, temper", "guided, none", "auxiliary, none", "resample-move, none",
        "smc-squared, none", "liu-west, none", "ensemble-kalman, none"})
    void optionIsSaidToBeRead_whereItChangesAnything(String filter, String recover) {
        SequentialPosterior plain = posterior(filter, recover, Map.of());
        List<String> told = run(plain);
        for (String option : SamplerOptions.TEMPERING) {
            boolean same = run(posterior(filter, recover, Map.of(option, OTHERWISE.get(option)))).equals(told);
            assertThat(same).as("%s changes nothing", option).isEqualTo(!plain.samplerOptions().contains(option));
        }
        assertThat(SamplerOptions.TEMPERING).containsAll(plain.samplerOptions());
    }

    private static SequentialPosterior posterior(String filter, String recover, Map<String, Object> changes) {
        Map<String, Object> options = new LinkedHashMap<>(Map.of("particles", 32L));
        options.putAll(changes);
        Map<String, Object> tree = new LinkedHashMap<>(Map.of("type", filter));
        if (!recover.equals("none")) {
            tree.put("recover", recover);
            tree.put("recover-below", 31.0);
        }
        Settings read = Checker.check(new Shape.Struct(List.of(Option.required("filter", Shape.variant(Filters.CATALOGUE), ""))), Map.of("filter", tree)).orThrow();
        StateSpaceModel model = filter.equals("smc-squared") || filter.equals("liu-west") ? BROWNIAN : filter.equals("bootstrap") ? VOLATILITY : LEVEL;
        SummaryOptions summary = new SummaryOptions("test", new double[] {0.5}, List.of(), 1, 8);
        return Filters.build(model, Checker.check(new Shape.Struct(SamplerOptions.OPTIONS), options).orThrow(), read.struct("filter"), summary);
    }

    private static List<String> run(SequentialPosterior posterior) {
        Scratch scratch = new Scratch();
        PosteriorState state = posterior.start("key");
        List<String> told = new ArrayList<>();
        for (int t = 0; t < SERIES.length; t++) {
            Observation y = new Observation("key", 1000L * (t + 1), new double[] {SERIES[t]}, "series", t);
            StepInfo info = posterior.step(state, y, scratch);
            PosteriorSummary summary = posterior.summarise(state, y, info, scratch);
            told.add(summary.ess() + " " + summary.logEvidence() + " " + summary.parameters()[0].mean() + " " + Arrays.deepToString(summary.samples().values()));
        }
        return told;
    }
}

package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.filter.dynamics.LinearGaussian;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.particle.Resampler;
import io.driftwood.inference.particle.Resamplers;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The mean of p-hat / p over independent runs is 1 for every filter that says "unbiased", every resampler, and whether resampling is rare or at
 * every record; p is known, because the model is linear-Gaussian. The mean is asked to be within 5 of its standard errors, which are below 0.06 (0.15 where a
 * bootstrap filter looks ahead, whose weights have heavy tails):
 * false alarm 6e-7 a case for a normal mean, 60 cases.
 */
class UnbiasedEvidenceTest {

    private static final double NO = Double.NaN;
    private static final double[] SERIES = {0.3, 1.9, NO, 2.8, 2.1, 4.0, 0.5, 1.1};
    private static final int RUNS = 400;
    private static final int PARTICLES = 48;

    private static final StateSpaceModel MODEL = Run.model("local-level", "response", "y", "noise-variance", 0.5, "level-variance", 0.6,
            "initial", Map.of("mean", 0.0, "variance", 2.0));

    static final Map<String, Function<FilterSetup, Filter>> FILTERS = Map.of(
            "bootstrap", setup -> new ParticleFilter(MODEL, new BootstrapProposal(MODEL), false, setup),
            "bootstrap looking ahead", setup -> new ParticleFilter(MODEL, new BootstrapProposal(MODEL), true, setup),
            "locally optimal", setup -> new ParticleFilter(MODEL, new OptimalProposal(MODEL), false, setup),
            "fully adapted", setup -> new ParticleFilter(MODEL, new OptimalProposal(MODEL), true, setup),
            "Langevin", setup -> new ParticleFilter(MODEL, new LangevinProposal(MODEL), false, setup),
            "Langevin looking ahead", setup -> new ParticleFilter(MODEL, new LangevinProposal(MODEL), true, setup));

    static Stream<Arguments> cases() {
        return FILTERS.keySet().stream().sorted().flatMap(filter -> Resamplers.CATALOGUE.names().stream()
                .flatMap(resampler -> Stream.of(0.5, 1.0).map(threshold -> Arguments.of(filter, resampler, threshold))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void evidence_isUnbiased(String filter, String resampler, double threshold) {
        double[] elapsed = {0, 1, 1, 1, 1, 1, 1, 1};
        double[][] y = Arrays.stream(SERIES).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
        double exact = new JointGaussian((LinearGaussian) MODEL, elapsed, y).logLikelihood();
        Resampler chosen = Resamplers.CATALOGUE.build(Settings.of("type", resampler));
        FilterSetup plain = Run.setup(MODEL, PARTICLES, chosen);
        FilterSetup setup = new FilterSetup(PARTICLES, chosen, threshold, 0.8, plain.reserved(), plain.summariser());
        Filter built = FILTERS.get(filter).apply(setup);
        double sum = 0;
        double squares = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            double ratio = Math.exp(new Run(built, seed).feedAll(SERIES).state.logEvidence - exact);
            sum += ratio;
            squares += ratio * ratio;
        }
        double mean = sum / RUNS;
        double standardError = Math.sqrt((squares / RUNS - mean * mean) / RUNS);
        assertThat(standardError).isLessThan(filter.equals("bootstrap looking ahead") ? 0.15 : 0.06);
        assertThat(mean).isCloseTo(1, within(5 * standardError));
    }

}

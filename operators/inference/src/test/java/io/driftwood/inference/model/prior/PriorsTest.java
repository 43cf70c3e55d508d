package io.driftwood.inference.model.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every prior of the catalogue: integrates to 1, its derivatives are those of its log-density, and its draws follow it. Draws are compared by
 * the Kolmogorov-Smirnov distance, sqrt(n) D &lt; 2.8, which a right sampler exceeds with probability 2 e^(-2 2.8^2) = 3e-7.
 */
class PriorsTest {

    /** Cases by entry; an entry without any fails. */
    private static final Map<String, List<Settings>> CASES = Map.ofEntries(
            Map.entry("normal", List.of(Settings.of("type", "normal", "mean", 1.5, "sd", 0.7))),
            Map.entry("student-t", List.of(Settings.of("type", "student-t", "degrees-of-freedom", 4.0, "location", -1.0, "scale", 2.0))),
            Map.entry("cauchy", List.of(Settings.of("type", "cauchy", "location", 0.5, "scale", 0.3))),
            Map.entry("half-normal", List.of(Settings.of("type", "half-normal", "sd", 3.0))),
            Map.entry("half-student-t", List.of(Settings.of("type", "half-student-t", "degrees-of-freedom", 3.0, "scale", 2.0))),
            Map.entry("half-cauchy", List.of(Settings.of("type", "half-cauchy", "scale", 2.5))),
            Map.entry("exponential", List.of(Settings.of("type", "exponential", "rate", 0.4))),
            Map.entry("gamma", List.of(Settings.of("type", "gamma", "shape", 2.5, "rate", 3.0),
                    Settings.of("type", "gamma", "shape", 0.3, "rate", 0.2))),
            Map.entry("inverse-gamma", List.of(Settings.of("type", "inverse-gamma", "shape", 2.0, "scale", 5.0))),
            Map.entry("log-normal", List.of(Settings.of("type", "log-normal", "location", -1.0, "scale", 0.5))),
            Map.entry("uniform", List.of(Settings.of("type", "uniform", "low", -2.0, "high", 5.0))),
            Map.entry("flat", List.of(Settings.of("type", "flat"))));

    private final Scratch scratch = new Scratch();

    static Stream<Arguments> all() {
        return Stream.concat(Priors.CATALOGUE.entries().stream().flatMap(PriorsTest::cases),
                Stream.of(Arguments.of("log-exponential", new LogExponential(2.5))));
    }

    private static Stream<Arguments> cases(Entry<? extends PriorDensity> entry) {
        if (!CASES.containsKey(entry.name())) {
            throw new AssertionError("the prior " + entry.name() + " has no case");
        }
        return CASES.get(entry.name()).stream().map(s -> Arguments.of(entry.name() + " " + s.values(), entry.build().apply(s)));
    }

    static Stream<Arguments> proper() { return all().filter(a -> ((PriorDensity) a.get()[1]).isProper()); }

    @ParameterizedTest(name = "{0}")
    @MethodSource("proper")
    void densityIntegratesToOneAndDrawsFollowIt(String name, PriorDensity prior) {
        int n = 40_000;
        double[] draws = new double[n];
        prior.sample(draws, 0, n, Randomness.of(11, name), 5, 2, scratch);
        Arrays.sort(draws);
        assertThat(draws[0]).isGreaterThan(prior.low());
        assertThat(draws[n - 1]).isLessThan(prior.high());
        // Trapezoids in s, x = x(s) onto the support: e^s, sinh s, or low + width sigma(s).
        int points = 400_001;
        double step = 160.0 / (points - 1);
        double total = 0;
        double before = 0;
        double distance = 0;
        int below = 0;
        double[] x = new double[1];
        double[] log = new double[1];
        for (int k = 0; k < points; k++) {
            double s = -80 + k * step;
            x[0] = place(prior, s);
            log[0] = 0;
            prior.evaluate(x, 0, 1, log, null, null, scratch);
            double here = x[0] > prior.low() && x[0] < prior.high() ? Math.exp(log[0]) * slope(prior, s) : 0;
            total += 0.5 * step * (before + here);
            before = here;
            while (below < n && draws[below] <= x[0]) {
                below++;
            }
            distance = Math.max(distance, Math.abs(total - (double) below / n));
        }
        assertThat(total).isCloseTo(1, within(1e-7));
        assertThat(distance * Math.sqrt(n)).isLessThan(2.8);
    }

    private static double place(PriorDensity prior, double s) {
        if (Double.isInfinite(prior.low())) {
            return Math.sinh(s);
        }
        return Double.isInfinite(prior.high()) ? Math.exp(s) : prior.low() + (prior.high() - prior.low()) / (1 + Math.exp(-s));
    }

    private static double slope(PriorDensity prior, double s) {
        if (Double.isInfinite(prior.low())) {
            return Math.cosh(s);
        }
        double e = Math.exp(-Math.abs(s));
        return Double.isInfinite(prior.high()) ? Math.exp(s) : (prior.high() - prior.low()) * e / ((1 + e) * (1 + e));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void derivativesAreThoseOfTheLogDensity(String name, PriorDensity prior) {
        int n = 40;
        double[] x = new double[n + 3];
        for (int i = 0; i < n; i++) {
            x[3 + i] = place(prior, -2 + 0.1 * i);
        }
        double[] first = new double[n];
        double[] second = new double[n];
        prior.evaluate(x, 3, n, null, first, second, scratch);
        for (int i = 0; i < n; i++) {
            double h = 1e-4 * Math.min(1, Math.min(x[3 + i] - prior.low(), prior.high() - x[3 + i]));
            double slope = (log(prior, x[3 + i] + h) - log(prior, x[3 + i] - h)) / (2 * h);
            assertThat(first[i]).isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
            double curvature = (first(prior, x[3 + i] + h) - first(prior, x[3 + i] - h)) / (2 * h);
            assertThat(second[i]).isCloseTo(curvature, within(1e-6 * (1 + Math.abs(curvature))));
        }
    }

    private double log(PriorDensity prior, double x) {
        double[] log = {0};
        prior.evaluate(new double[] {x}, 0, 1, log, null, null, scratch);
        return log[0];
    }

    private double first(PriorDensity prior, double x) {
        double[] first = new double[1];
        prior.evaluate(new double[] {x}, 0, 1, null, first, null, scratch);
        return first[0];
    }

    @Test
    void tinyGammaShapesAreDrawnOnTheLogScale() {
        double[] logs = new double[20_000];
        new Gamma(0.01, 0.01).sampleLog(logs, 0, logs.length, Randomness.of(1, "tiny"), 0, 0, scratch);
        assertThat(Arrays.stream(logs).allMatch(Double::isFinite)).isTrue();
        // E log x = psi(0.01) - log 0.01, sd = sqrt(psi'(0.01)) = 100.008; 5.5 standard errors.
        double mean = Arrays.stream(logs).average().orElseThrow();
        assertThat(mean).isCloseTo(-100.56088545786868 - Math.log(0.01), within(5.5 * 100.008 / Math.sqrt(logs.length)));
    }

    @Test
    void theLecturePriorHasMeanAtItsEstimate() {
        double[] draws = new double[40_000];
        new LogExponential(15.620117312603973).sample(draws, 0, draws.length, Randomness.of(1, "lecture"), 0, 0, scratch);
        double mean = Arrays.stream(draws).average().orElseThrow();
        assertThat(mean).isCloseTo(15.04290164770244, within(5.5 * 1.2825 / 200));
    }

    @Test
    void aFlatPriorIsImproperAndCannotBeDrawn() {
        assertThat(new Flat().isProper()).isFalse();
        assertThatThrownBy(() -> new Flat().sample(new double[1], 0, 1, Randomness.of(1, ""), 0, 0, scratch))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void argumentsThatMakeNoDensityAreRefused() {
        List<Runnable> wrong = new ArrayList<>(List.of(() -> new Normal(0, 0), () -> new Normal(Double.NaN, 1), () -> new Gamma(-1, 1),
                () -> new Exponential(Double.POSITIVE_INFINITY), () -> new Uniform(2, 2), () -> new StudentT(0, 0, 1)));
        for (Runnable each : wrong) {
            assertThatThrownBy(each::run).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Priors.CATALOGUE.build(Settings.of("type", "uniform", "low", 3.0, "high", 1.0)))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("must be above low");
    }
}

package io.driftwood.inference.assimilate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.learned.Learned.UnfitException;
import io.driftwood.inference.model.NormalKnownVariance;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.SummaryOptions;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.variational.Bound;
import io.driftwood.inference.variational.Extra;
import io.driftwood.inference.variational.Method;
import io.driftwood.inference.variational.PathParameters;
import io.driftwood.inference.variational.PathPlan;
import io.driftwood.inference.variational.TunedPath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An observation that moves the posterior far, let in in each way, against the conjugate closed form. */
class AssimilationsTest {

    /** y ~ N(mean, 1), mean ~ N(0, 4). */
    private static final NormalKnownVariance MODEL = new NormalKnownVariance("y", 1, 0, 2);
    private static final double USUAL = 0.4;
    private static final double ODD = 8;

    private final Scratch scratch = new Scratch();

    /**
     * The first observation, so that the particles are independent draws of the prior and nothing but the paths is random. 400 runs: a mean of ratios at 5 standard
     * errors, about 0.02: false alarm 6e-7. That coordinates are fitted to 256 particles costs less than a tenth of it.
     */
    @Test
    void tunedPath_evidenceIsUnbiased() {
        assertThat(ratios("uha", 0.55, 0.6)).isCloseTo(1, within(0.02));
    }

    /** As above. */
    @Test
    void tunedPath_evidenceIsUnbiased_forEveryDynamics() {
        assertThat(ratios("ula", 0.12, 0)).as("ula").isCloseTo(1, within(0.03));
        assertThat(ratios("ldvi-exact", 0.5, 1)).as("ldvi-exact").isCloseTo(1, within(0.03));
        assertThat(ratios("uha-em", 0.3, 1)).as("uha-em").isCloseTo(1, within(0.03));
    }

    private double ratios(String method, double step, double friction) {
        SequentialPosterior posterior = leaping().with(learned(1, TunedPath.methodOf(method), step, friction));
        double mean = 0;
        double squares = 0;
        int runs = 400;
        for (int run = 0; run < runs; run++) {
            PosteriorState state = posterior.start("run " + run);
            StepInfo info = posterior.step(state, seen(3), scratch);
            assertThat(info.temperingSteps).as("a leap").isEqualTo(1);
            double ratio = Math.exp(info.logEvidenceIncrement - logPredictive(0, 4, 3));
            mean += ratio / runs;
            squares += ratio * ratio / runs;
        }
        assertThat(5 * Math.sqrt((squares - mean * mean) / runs)).as("5 standard errors, " + method).isLessThan(0.03);
        return mean;
    }

    /** After 20 usual observations one moves the posterior mean by 10 of its standard deviations. The error is that of one run of 2048 particles, and 0.3 is 5 of them. */
    @Test
    void tunedPath_followsAShiftOfTenStandardDeviations() {
        Run run = new Run(posterior(2048, "tuned-path"));
        run.feed(20, USUAL);
        double precision = 0.25 + 20;
        double mean = 20 * USUAL / precision;
        double odd = mean + 10 / Math.sqrt(precision) * (precision + 1);
        StepInfo info = run.feed(1, odd);
        assertThat(info.temperingSteps).isEqualTo(1);
        assertThat(info.ess).isGreaterThan(500);
        assertThat(info.logEvidenceIncrement).isCloseTo(logPredictive(mean, 1 / precision, odd), within(0.3));
        double expected = (mean * precision + odd) / (precision + 1);
        double sd = 1 / Math.sqrt(precision + 1);
        assertThat(run.mean()).isCloseTo(expected, within(5.5 * sd / Math.sqrt(500)));
        assertThat(run.sd(run.mean())).isCloseTo(sd, within(5.5 * sd / Math.sqrt(2 * 500)));
        assertThat(Math.sqrt(run.state.logEvidenceVariance)).as("the error that it tells").isBetween(0.005, 0.15);
    }

    @Test
    void tunedPath_touchesNoUsualObservation() {
        Run tempered = new Run(posterior(200, "adaptive-tempering"));
        Run led = new Run(posterior(200, "tuned-path"));
        tempered.feed(30, USUAL);
        led.feed(30, USUAL);
        // The prior is wide: the first observation is one to be led through, so only what comes after the same state is compared.
        led.state = tempered.state;
        Run other = new Run(posterior(200, "adaptive-tempering"));
        other.feed(30, USUAL);
        led.feed(5, USUAL);
        other.feed(5, USUAL);
        assertThat(led.state.particles.values).isEqualTo(other.state.particles.values);
        assertThat(led.state.logEvidence).isEqualTo(other.state.logEvidence);
    }

    /** Then nothing of the leap is left, not even a bit. */
    @Test
    void tunedPath_thatLeavesTooFewParticles_isTemperingAfterAll() {
        assertIsTempering(new Run(posterior(200, "tuned-path", "least-ess", 1.0)));
    }

    @Test
    void tunedPath_thatDoesNotTuneOnTheSpot_isTemperingUntilATuningIsLearned() {
        SequentialPosterior waiting = posterior(200, "tuned-path", "iterations", 0L, "least-ess", 0.0);
        assertIsTempering(new Run(waiting));
        Run taught = new Run(waiting.with(learned(1, Method.UHA, 0.5, 0.7)));
        assertThat(taught.feed(1, ODD).temperingSteps).isEqualTo(1);
    }

    private void assertIsTempering(Run led) {
        Run tempered = new Run(posterior(200, "adaptive-tempering"));
        for (Run run : new Run[] {tempered, led}) {
            run.feed(10, USUAL);
            assertThat(run.feed(1, ODD).temperingSteps).isGreaterThan(1);
            run.feed(3, USUAL);
        }
        assertThat(led.state.particles.values).isEqualTo(tempered.state.particles.values);
        assertThat(led.state.weights.log).isEqualTo(tempered.state.weights.log);
        assertThat(led.state.logEvidence).isEqualTo(tempered.state.logEvidence);
        assertThat(led.state.logEvidenceVariance).isEqualTo(tempered.state.logEvidenceVariance);
        assertThat(led.state.tuning.stepSize).isEqualTo(tempered.state.tuning.stepSize);
    }

    @Test
    void reweighting_takesEveryObservationAtOnce() {
        Run run = new Run(posterior(200, "reweighting"));
        run.feed(10, USUAL);
        StepInfo info = run.feed(1, ODD);
        assertThat(info.temperingSteps).isZero();
        assertThat(info.resampled).isTrue();
        assertThat(run.feed(1, Double.POSITIVE_INFINITY).rejection).isNotNull();
    }

    @Test
    void with_anotherTuning_isARecursionOfItsOwn() {
        ParticlePosterior onTheSpot = leaping();
        ParticlePosterior given = onTheSpot.with(learned(1, Method.UHA, 0.5, 0.7));
        assertThat(evidence(given)).isNotEqualTo(evidence(onTheSpot));
        assertThat(evidence(given.with(learned(1, Method.UHA, 0.4, 0.7)))).isNotEqualTo(evidence(given));
        assertThat(evidence(given)).as("again").isEqualTo(evidence(onTheSpot.with(learned(1, Method.UHA, 0.5, 0.7))));
    }

    private double evidence(SequentialPosterior posterior) {
        PosteriorState state = posterior.start("key");
        posterior.step(state, seen(ODD), scratch);
        return state.logEvidence;
    }

    @Test
    void with_whatDoesNotFit_saysWhy() {
        ParticlePosterior leaping = leaping();
        assertThatThrownBy(() -> leaping.with(learned(2, Method.UHA, 0.5, 0.7))).isInstanceOf(UnfitException.class)
                .hasMessageContaining("is tuned in 2 dimensions, and here are 1");
        assertThatThrownBy(() -> leaping.with(Learned.of("prior", "mixture", 1, Observation.NO_TIME, Map.of(), Map.of()))).isInstanceOf(UnfitException.class)
                .hasMessageContaining("'tuned-path' is needed");
        assertThatThrownBy(() -> leaping.with(learned(1, Method.UHA, 0.5, 1.2))).isInstanceOf(UnfitException.class)
                .hasMessageContaining("holds the friction 1.2, which uha cannot use");
        PathParameters moved = PathParameters.standard(1, 4, 0.3, 0.5).withStart(new double[] {1}, new double[1]);
        Learned withItsStart = new TunedPath(PathPlan.of(Method.UHA, 1, 4), GaussianTarget.standard(1), moved).learned("tuning", 1, Observation.NO_TIME, new TreeMap<>(), new Bound(0, 1));
        assertThatThrownBy(() -> leaping.with(withItsStart)).isInstanceOf(UnfitException.class).hasMessageContaining("train-start: false");
        PathPlan framed = PathPlan.of(Method.UHA, 1, 4).with(Extra.FRAME);
        Learned withParts = new TunedPath(framed, GaussianTarget.standard(1), TunedPath.first(framed)).learned("tuning", 1, Observation.NO_TIME, new TreeMap<>(), new Bound(0, 1));
        assertThatThrownBy(() -> leaping.with(withParts)).isInstanceOf(UnfitException.class).hasMessageContaining("lead from a normal, and not from a population");
        assertThatThrownBy(() -> posterior(64, "adaptive-tempering").with(learned(1, Method.UHA, 0.5, 0.7))).isInstanceOf(UnfitException.class)
                .hasMessageContaining("set sampler.assimilation to tuned-path");
    }

    /** What its rows say at once is what the ends of the path say one after the other. */
    @Test
    void observationPath_hasTheRatioOfItsEnds() {
        ObservationPath path = new ObservationPath(MODEL);
        Rows rows = new Rows(1);
        rows.append(new double[] {USUAL}, 1);
        rows.append(new double[] {1.3}, 1);
        rows.append(new double[] {ODD}, 0);
        path.admit(rows, Histories.CATALOGUE.build(Settings.of("type", "sliding-window", "length", 2L)));
        Particles x = new Particles(8, 1);
        Randomness.of(1, "x").normals(0, Purpose.START, 0, x.values, 0, 8);
        double[][] one = new double[4][8];
        double[][] two = new double[4][8];
        path.evaluate(x, one[0], one[1], one[2], one[3], scratch);
        path.at(0).evaluate(x, two[0], two[1], scratch);
        path.at(1).evaluate(x, two[2], two[3], scratch);
        for (int i = 0; i < 8; i++) {
            assertThat(one[0][i]).isCloseTo(two[0][i], within(1e-12));
            assertThat(one[1][i]).isCloseTo(two[1][i], within(1e-12));
            assertThat(one[2][i]).isCloseTo(two[2][i] - two[0][i], within(1e-12));
            assertThat(one[3][i]).isCloseTo(two[3][i] - two[1][i], within(1e-12));
        }
    }

    private ParticlePosterior leaping() { return posterior(256, "tuned-path", "least-ess", 0.0); }

    private static ParticlePosterior posterior(int particles, String assimilation, Object... options) {
        Map<String, Object> way = new LinkedHashMap<>(Map.of("type", assimilation));
        for (int i = 0; i < options.length; i += 2) {
            way.put((String) options[i], options[i + 1]);
        }
        Settings sampler = Checker.check(new Shape.Struct(SamplerOptions.OPTIONS),
                Map.of("particles", (long) particles, "assimilation", way, "control-variates", particles != 256, "seed", 5L)).orThrow();
        return (ParticlePosterior) Posteriors.build(MODEL, sampler, Optional.of(new FullHistory()), SummaryOptions.of("test"));
    }

    private static Learned learned(int dimension, Method method, double step, double friction) {
        TunedPath path = new TunedPath(PathPlan.of(method, dimension, 10), GaussianTarget.standard(dimension), PathParameters.standard(dimension, 10, step, friction));
        return path.learned("tuning", 3, Observation.NO_TIME, new TreeMap<>(), new Bound(-1, 0.1));
    }

    private static Observation seen(double y) { return new Observation("key", 1, new double[] {y}, "test", 1); }

    private static double logPredictive(double mean, double variance, double y) {
        double total = variance + 1;
        return -0.5 * Math.log(2 * Math.PI * total) - (y - mean) * (y - mean) / (2 * total);
    }

    /** One key through a recursion. */
    private final class Run {

        final SequentialPosterior posterior;
        PosteriorState state;

        Run(SequentialPosterior posterior) {
            this.posterior = posterior;
            this.state = posterior.start("key");
        }

        StepInfo feed(int times, double y) {
            StepInfo info = null;
            for (int t = 0; t < times; t++) {
                info = posterior.step(state, seen(y), scratch);
            }
            return info;
        }

        double mean() {
            double mean = 0;
            for (int i = 0; i < state.particles.size; i++) {
                mean += state.weights.normalised[i] * state.particles.get(0, i);
            }
            return mean;
        }

        double sd(double mean) {
            double variance = 0;
            for (int i = 0; i < state.particles.size; i++) {
                variance += state.weights.normalised[i] * (state.particles.get(0, i) - mean) * (state.particles.get(0, i) - mean);
            }
            return Math.sqrt(variance);
        }
    }
}

package io.driftwood.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.assimilate.Histories;
import io.driftwood.inference.assimilate.History;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each history policy tracks, on normal data of known variance, where the posterior given weighted rows is a closed form:
 * <pre>
 *   precision  P = 1/s0^2 + sum_r w_r/s^2,   mean  M = (m0/s0^2 + sum_r w_r y_r/s^2) / P
 *   log integral of p0 prod p(y_r)^w_r = -sum_r w_r (log(2 pi s^2)/2 + y_r^2/(2 s^2)) - m0^2/(2 s0^2) + M^2 P/2 - log(s0^2 P)/2
 * </pre>
 */
class HistoryTruthTest {

    private static final double PRIOR_MEAN = 1;
    private static final double PRIOR_SD = 2;
    private static final double SD = 1.5;
    private static final double[][] STREAM = stream();

    /** A mean that drifts from -1 to 3, so that what is remembered matters. */
    private static double[][] stream() {
        Random random = new Random(20260103);
        double[][] rows = new double[30][1];
        for (int t = 0; t < rows.length; t++) {
            rows[t][0] = -1 + 4.0 * t / rows.length + SD * random.nextGaussian();
        }
        return rows;
    }

    private static Model model() {
        return Setup.model("normal-known-variance", "response", "y", "sd", SD, "prior", Map.of("mean", PRIOR_MEAN, "sd", PRIOR_SD));
    }

    /** A history and the weight it gives to an observation of this age (0 for the newest). */
    record Policy(String type, History history, java.util.function.IntToDoubleFunction weight) {

        @Override
        public String toString() { return type; }
    }

    private static Policy policy(String type) {
        return switch (type) {
            case "full" -> new Policy(type, Setup.history(type), age -> 1);
            case "sufficient-statistics" -> new Policy(type, Setup.history(type), age -> 1);
            case "sliding-window" -> new Policy(type, Setup.history(type, "length", 7L), age -> age < 7 ? 1 : 0);
            // 0.8^12 = 0.069 is kept, 0.8^13 = 0.055 forgotten
            case "discount" -> new Policy(type, Setup.history(type, "lambda", 0.8, "forget-below", 0.06), age -> age < 13 ? Math.pow(0.8, age) : 0);
            default -> throw new AssertionError("what does the history " + type + " track? Add its weights here");
        };
    }

    static Stream<Policy> policies() { return Histories.CATALOGUE.names().stream().map(HistoryTruthTest::policy); }

    private record Closed(double mean, double sd, double logIntegral) {

        static Closed of(int upTo, java.util.function.IntToDoubleFunction weight) {
            double precision = 1 / (PRIOR_SD * PRIOR_SD);
            double first = PRIOR_MEAN * precision;
            double constant = -0.5 * PRIOR_MEAN * first;
            for (int r = 0; r <= upTo; r++) {
                double w = weight.applyAsDouble(upTo - r);
                double y = STREAM[r][0];
                precision += w / (SD * SD);
                first += w * y / (SD * SD);
                constant -= 0.5 * w * (Math.log(2 * Math.PI * SD * SD) + y * y / (SD * SD));
            }
            return new Closed(first / precision, Math.sqrt(1 / precision),
                    constant + 0.5 * first * first / precision - 0.5 * Math.log(PRIOR_SD * PRIOR_SD * precision));
        }
    }

    /** 16 seeds, 5 x 3 t tests. Under policies that forget, the summed increments are the integral of what is remembered. */
    @ParameterizedTest
    @MethodSource("policies")
    void aPolicy_tracksThePosteriorOfWhatItRemembers(Policy policy) {
        Estimates estimates = new Estimates();
        boolean exact = policy.type().equals("sufficient-statistics");
        for (int seed = 1; seed <= (exact ? 2 : 16); seed++) {
            Recursion recursion = Recursion.of(model(), Setup.sampler("particles", 1000L, "seed", (long) seed), policy.history());
            List<PosteriorSummary> summaries = recursion.feedAll(STREAM);
            for (int t : new int[] {0, 6, 7, 13, 29}) {
                Closed truth = Closed.of(t, policy.weight());
                PosteriorSummary summary = summaries.get(t);
                if (exact) {
                    assertThat(Summaries.mean(summary, "mean")).isCloseTo(truth.mean(), within(1e-12));
                    assertThat(Summaries.sd(summary, "mean")).isCloseTo(truth.sd(), within(1e-12));
                    assertThat(summary.logEvidence()).isCloseTo(truth.logIntegral(), within(1e-11));
                } else {
                    estimates.add(t + " mean", truth.mean(), Summaries.mean(summary, "mean"));
                    estimates.add(t + " sd", truth.sd(), Summaries.sd(summary, "mean"));
                    estimates.add(t + " evidence", truth.logIntegral(), summary.logEvidence());
                }
            }
            assertThat(summaries.get(29).evidenceKind()).isEqualTo(switch (policy.type()) {
                case "sufficient-statistics" -> "exact";
                case "full" -> "consistent";
                default -> "score";
            });
        }
        if (!exact) {
            estimates.assertUnbiased();
        }
    }

    /** Rows whose weight the policy says is 0 are gone, and no row before its time. */
    @ParameterizedTest
    @MethodSource("policies")
    void aPolicy_keepsTheRowsItRemembersAndNoOthers(Policy policy) {
        Recursion recursion = Recursion.of(model(), Setup.sampler("particles", 64L), policy.history());
        for (int t = 0; t < STREAM.length; t++) {
            recursion.feed(STREAM[t]);
            if (policy.type().equals("sufficient-statistics")) {
                assertThat(recursion.state().history.count).isZero();
                continue;
            }
            List<Double> kept = new ArrayList<>();
            List<Double> weights = new ArrayList<>();
            for (int r = 0; r <= t; r++) {
                if (policy.weight().applyAsDouble(t - r) > 0) {
                    kept.add(STREAM[r][0]);
                    weights.add(policy.weight().applyAsDouble(t - r));
                }
            }
            assertThat(recursion.state().history.count).isEqualTo(kept.size());
            for (int r = 0; r < kept.size(); r++) {
                assertThat(recursion.state().history.values[r]).isEqualTo(kept.get(r));
                assertThat(recursion.state().history.weights[r]).isCloseTo(weights.get(r), within(1e-12));
            }
        }
    }

    /** 12 orders of the stream, each with a seed of its own. */
    @Test
    void fullEvidence_doesNotDependOnTheOrder() {
        Closed truth = Closed.of(STREAM.length - 1, age -> 1);
        List<double[]> order = new ArrayList<>(List.of(STREAM));
        Estimates estimates = new Estimates();
        for (int seed = 1; seed <= 12; seed++) {
            Collections.shuffle(order, new Random(seed));
            PosteriorSummary summary = Recursion.of(model(), Setup.sampler("seed", (long) seed), Setup.history("full"))
                    .feedToEnd(order.toArray(double[][]::new));
            assertThat(summary.logEvidence()).isCloseTo(truth.logIntegral(), within(0.5));
            estimates.add("evidence", truth.logIntegral(), summary.logEvidence());
            estimates.add("mean", truth.mean(), Summaries.mean(summary, "mean"));
        }
        estimates.assertUnbiased();
    }

    /** By sufficient statistics the order is gone up to rounding. */
    @Test
    void sufficientStatistics_doNotKnowTheOrder() {
        List<double[]> order = new ArrayList<>(List.of(STREAM));
        Collections.reverse(order);
        PosteriorSummary backwards = Recursion.of(model(), Setup.sampler()).feedToEnd(order.toArray(double[][]::new));
        PosteriorSummary forwards = Recursion.of(model(), Setup.sampler()).feedToEnd(STREAM);
        assertThat(backwards.logEvidence()).isCloseTo(forwards.logEvidence(), within(1e-11));
        assertThat(Summaries.mean(backwards, "mean")).isCloseTo(Summaries.mean(forwards, "mean"), within(1e-12));
    }
}

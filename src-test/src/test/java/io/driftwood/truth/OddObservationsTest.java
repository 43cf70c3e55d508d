package io.driftwood.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.assimilate.Rejuvenations;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Observations that say nothing, too much, or the impossible: what they leave behind, bit for bit. */
class OddObservationsTest {

    private static final double[][] LAUNCHES = Table.of("oring").rows(List.of("failure", "temp_f"));

    /** Every way in which a posterior is kept. */
    enum Kept {
        PARTICLES, BUFFER, STATISTICS, WINDOW;

        Recursion recursion() {
            return switch (this) {
                case PARTICLES -> Recursion.of(Setup.model("oring"), Setup.sampler());
                case BUFFER -> Recursion.of(Setup.model("oring", "prior", "lecture"), Setup.sampler());
                case STATISTICS -> Recursion.of(normal(1, 1), Setup.sampler());
                case WINDOW -> Recursion.of(Setup.model("oring"), Setup.sampler(), Setup.history("sliding-window", "length", 2L));
            };
        }

        double[][] stream() {
            return switch (this) {
                case PARTICLES, WINDOW -> LAUNCHES;
                case BUFFER -> new double[][] {LAUNCHES[0], LAUNCHES[2], LAUNCHES[3], LAUNCHES[4]};
                case STATISTICS -> new double[][] {{0.4}, {-0.7}, {1.9}, {0.3}};
            };
        }

        /** The fourth observation with one number replaced. */
        double[] odd(int field, double value) {
            double[] odd = stream()[3].clone();
            odd[Math.min(field, odd.length - 1)] = value;
            return odd;
        }
    }

    private static Model normal(double priorSd, double sd) {
        return Setup.model("normal-known-variance", "response", "y", "sd", sd, "prior", Map.of("mean", 0.0, "sd", priorSd));
    }

    @ParameterizedTest
    @EnumSource
    void aMissingValue_advancesSeqAndClockAndNothingElse(Kept kept) {
        for (int field = 0; field < 2; field++) {
            Recursion recursion = kept.recursion();
            PosteriorSummary before = recursion.feedAll(Arrays.copyOf(kept.stream(), 3)).get(2);
            List<Long> posterior = StateBits.posterior(recursion.state());

            PosteriorSummary after = recursion.feed(kept.odd(field, Double.NaN));

            assertThat(StateBits.posterior(recursion.state())).isEqualTo(posterior);
            assertThat(after.missing()).isTrue();
            assertThat(after.seq()).isEqualTo(before.seq() + 1);
            assertThat(after.eventTime()).isGreaterThan(before.eventTime());
            assertThat(recursion.state().clock).isEqualTo(after.eventTime());
            assertThat(Double.compare(after.logEvidence(), before.logEvidence())).isZero();
            assertThat(StateBits.quantities(after)).isEqualTo(StateBits.quantities(before));
            assertThat(recursion.info().rejection).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInfiniteValue_isRefusedAndLeavesThePosteriorAsItWas(Kept kept) {
        for (double infinite : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            Recursion recursion = kept.recursion();
            recursion.feedAll(Arrays.copyOf(kept.stream(), 3));
            assertRefused(recursion, kept.odd(0, infinite), "infinite");
            assertRefused(recursion, kept.odd(1, infinite), "infinite");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theWrongNumberOfValues_isRefused(Kept kept) {
        Recursion recursion = kept.recursion();
        recursion.feedAll(Arrays.copyOf(kept.stream(), 3));
        assertRefused(recursion, new double[] {1, 2, 3}, "values");
    }

    /** A response that is neither failure nor success has density zero at every particle. */
    @Test
    void anImpossibleObservation_isRefusedAtOnce() {
        Recursion recursion = Kept.PARTICLES.recursion();
        recursion.feedAll(LAUNCHES);
        assertRefused(recursion, new double[] {2, 70}, "density");
        assertThat(recursion.info().moves.moves).isZero();
    }

    /** A million standard deviations away: it is let in by degrees until the degrees run out, and then everything is put back. */
    @Test
    void anUnreachableObservation_isPutBackAfterItHasMovedThePopulation() {
        for (Object history : List.of("full", "sliding-window", "discount")) {
            Recursion recursion = Recursion.of(normal(1, 1), Setup.sampler("particles", 256L), switch ((String) history) {
                case "sliding-window" -> Setup.history("sliding-window", "length", 2L);
                case "discount" -> Setup.history("discount", "lambda", 0.5);
                default -> Setup.history("full");
            });
            recursion.feedAll(new double[][] {{0.4}, {-0.7}, {1.9}, {0.3}});
            assertRefused(recursion, new double[] {1e6}, "tempering");
            assertThat(recursion.info().moves.moves).as("moves before giving up").isPositive();
            assertThat(recursion.info().logEvidenceIncrement).isZero();
        }
    }

    /** What a refusal leaves does not even depend on whether there was one: the posterior goes on as if by itself. */
    @Test
    void afterARefusal_thePosteriorIsStillRight() {
        Estimates estimates = new Estimates();
        for (int seed = 1; seed <= 12; seed++) {
            Recursion recursion = Recursion.of(normal(2, 1), Setup.sampler("seed", (long) seed), Setup.history("full"));
            recursion.feed(1.0);
            recursion.feed(1e6);
            PosteriorSummary summary = recursion.feed(2.0);
            double precision = 0.25 + 2;
            estimates.add("mean", 3 / precision, Summaries.mean(summary, "mean"));
            estimates.add("sd", Math.sqrt(1 / precision), Summaries.sd(summary, "mean"));
            assertThat(summary.seq()).isEqualTo(2);
        }
        estimates.assertUnbiased();
    }

    private static void assertRefused(Recursion recursion, double[] observation, String reason) {
        List<Long> posterior = StateBits.posterior(recursion.state());
        long assimilated = recursion.state().assimilated;
        long rejected = recursion.state().rejected;
        long clock = recursion.state().clock;

        recursion.feed(observation);

        assertThat(recursion.info().rejection).contains(reason);
        assertThat(StateBits.posterior(recursion.state())).isEqualTo(posterior);
        assertThat(recursion.state().assimilated).isEqualTo(assimilated);
        assertThat(recursion.state().clock).isEqualTo(clock);
        assertThat(recursion.state().rejected).isEqualTo(rejected + 1);
    }

    static Stream<String> rejuvenations() { return Rejuvenations.CATALOGUE.names().stream(); }

    /**
     * An observation 50 prior sds away, as precise as the prior. Predictive: N(0, 2). 16 seeds. The population has to travel 25 of
     * its own widths, so this is also where a path that loses its weights on the way would show in the evidence.
     */
    @ParameterizedTest
    @MethodSource("rejuvenations")
    void aTooInformativeObservation_isLetInByDegreesAndItsEvidenceIsRight(String rejuvenation) {
        double logEvidence = -0.5 * Math.log(2 * Math.PI * 2) - 0.5 * 2500 / 2;
        Estimates estimates = new Estimates();
        for (int seed = 1; seed <= 16; seed++) {
            Recursion recursion = Recursion.of(normal(1, 1), Setup.sampler("seed", (long) seed, "particles", 2000L, "rejuvenate", rejuvenation),
                    Setup.history("full"));
            PosteriorSummary summary = recursion.feed(50.0);
            assertThat(summary.temperingSteps()).isGreaterThan(3);
            assertThat(summary.moves()).isPositive();
            assertThat(recursion.info().rejection).isNull();
            estimates.add("evidence", logEvidence, summary.logEvidence());
            estimates.add("mean", 25, Summaries.mean(summary, "mean"));
            estimates.add("sd", Math.sqrt(0.5), Summaries.sd(summary, "mean"));
        }
        estimates.assertUnbiased();
    }
}

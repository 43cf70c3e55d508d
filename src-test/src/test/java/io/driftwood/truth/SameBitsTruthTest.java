package io.driftwood.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.assimilate.Rejuvenations;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The answer is a function of seed, key and observations: not of who else is served, of what was served before, or of when. */
class SameBitsTruthTest {

    private static final double[][] LAUNCHES = Table.of("oring").rows(List.of("failure", "temp_f"));

    private static Recursion recursion(long seed, Object... options) {
        List<Object> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("seed", seed, "particles", 300L));
        Settings sampler = Setup.sampler(all.toArray());
        return Recursion.of(Setup.model("oring"), sampler);
    }

    private static List<List<Long>> bits(List<PosteriorSummary> summaries) { return summaries.stream().map(StateBits::summary).toList(); }

    @Test
    void theSameSeed_givesTheSameBits() {
        for (String transition : Stream.concat(Exactness.transitions(true), Exactness.transitions(false)).toList()) {
            for (String rejuvenation : Rejuvenations.CATALOGUE.names()) {
                Object[] options = {"transition", transition, "rejuvenate", rejuvenation};
                assertThat(bits(recursion(5, options).feedAll(LAUNCHES))).isEqualTo(bits(recursion(5, options).feedAll(LAUNCHES)));
            }
        }
    }

    @Test
    void anotherSeed_orAnotherKey_givesOtherNumbersFromTheFirstObservation() {
        PosteriorSummary first = recursion(5).feed("a", LAUNCHES[0]);
        PosteriorSummary otherSeed = recursion(6).feed("a", LAUNCHES[0]);
        PosteriorSummary otherKey = recursion(5).feed("b", LAUNCHES[0]);

        assertThat(otherSeed.logEvidence()).isNotEqualTo(first.logEvidence());
        assertThat(otherKey.logEvidence()).isNotEqualTo(first.logEvidence());
        assertThat(otherKey.logEvidence()).isNotEqualTo(otherSeed.logEvidence());
    }

    /** One instance serves both keys in turn; their sizes of history differ, so that buffers left over from one would show in the other. */
    @Test
    void interleavedKeys_areAsIfEachWereAlone() {
        List<PosteriorSummary> alone = recursion(5).feedAll(LAUNCHES);
        Recursion shared = recursion(5);
        List<PosteriorSummary> together = new ArrayList<>();
        for (int t = 0; t < LAUNCHES.length; t++) {
            together.add(shared.feed("key", LAUNCHES[t]));
            for (int more = 0; more < 3; more++) {
                shared.feed("another", LAUNCHES[(7 * t + more) % LAUNCHES.length]);
            }
        }
        assertThat(withoutTime(together)).isEqualTo(withoutTime(alone));
    }

    @Test
    void refusedObservationsOfAnotherKey_leaveNoTrace() {
        Recursion shared = Recursion.of(Setup.model("normal-known-variance", "response", "y", "sd", 1.0,
                "prior", Map.of("mean", 0.0, "sd", 1.0)), Setup.sampler("particles", 300L), Setup.history("full"));
        Recursion alone = Recursion.of(Setup.model("normal-known-variance", "response", "y", "sd", 1.0,
                "prior", Map.of("mean", 0.0, "sd", 1.0)), Setup.sampler("particles", 300L), Setup.history("full"));
        for (double y : new double[] {0.3, 4, -2, 8}) {
            shared.feed("poisoned", 1e6);
            List<Long> together = StateBits.summary(shared.feed("key", y));
            List<Long> by = StateBits.summary(alone.feed("key", y));
            assertThat(together.subList(2, together.size())).isEqualTo(by.subList(2, by.size()));
        }
    }

    /** Event time counts all keys' observations. */
    private static List<List<Long>> withoutTime(List<PosteriorSummary> summaries) {
        return bits(summaries).stream().map(b -> {
            List<Long> kept = new ArrayList<>(b);
            kept.remove(1);
            return kept;
        }).toList();
    }
}

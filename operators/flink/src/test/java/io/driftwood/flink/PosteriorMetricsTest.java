package io.driftwood.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.particle.LogWeights;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;

class PosteriorMetricsTest {

    private final MetricListener listener = new MetricListener();
    private final PosteriorMetrics metrics = new PosteriorMetrics(listener.getMetricGroup(), () -> 5);
    private final PosteriorState state = new PosteriorState();
    private final StepInfo info = new StepInfo();

    private long counter(String name) { return listener.getCounter("posterior", name).orElseThrow().getCount(); }

    private double mean(String histogram) { return listener.getHistogram("posterior", histogram).orElseThrow().getStatistics().getMean(); }

    @Test
    void aStepIsCounted_withWhatHappenedInIt() {
        state.weights = new LogWeights(200);
        info.ess = 50;
        info.resampled = true;
        info.missing = true;
        info.moves.moves = 2;
        info.moves.acceptanceSum = 1.2;
        info.moves.rejectedNonFinite = 9;
        info.foreseen = 2;
        info.covered = 1;
        info.pitSum = 1.3;
        info.ancestors = 40;
        metrics.stepped(state, info, 1500);

        assertThat(counter("assimilated")).isEqualTo(1);
        assertThat(counter("missing")).isEqualTo(1);
        assertThat(counter("resamplings")).isEqualTo(1);
        assertThat(counter("rejectedNonFinite")).isEqualTo(9);
        assertThat(counter("rejected")).isZero();
        assertThat(mean("essPerMille")).isEqualTo(250);
        assertThat(mean("acceptancePerMille")).isEqualTo(600);
        assertThat(mean("stepNanos")).isEqualTo(1500);
        assertThat(counter("foreseen")).isEqualTo(2);
        assertThat(counter("foreseenCovered")).isEqualTo(1);
        assertThat(mean("pitPerMille")).isEqualTo(650);
        assertThat(mean("ancestors")).isEqualTo(40);
    }

    @Test
    void aRefusedStep_isNotTakenForAnAssimilatedOne() {
        info.rejection = "y is Infinity";
        metrics.stepped(state, info, 10);

        assertThat(counter("rejected")).isEqualTo(1);
        assertThat(counter("assimilated")).isZero();
    }

    @Test
    void aPosteriorWithoutParticles_hasNeitherEssNorAcceptance() {
        metrics.stepped(state, info, 10);

        assertThat(listener.getHistogram("posterior", "essPerMille").orElseThrow().getCount()).isZero();
        assertThat(listener.getHistogram("posterior", "acceptancePerMille").orElseThrow().getCount()).isZero();
        assertThat(listener.getHistogram("posterior", "ancestors").orElseThrow().getCount()).isZero();
        assertThat(listener.getHistogram("posterior", "pitPerMille").orElseThrow().getCount()).isZero();
    }

    @Test
    void whatWaits_isAGauge() {
        assertThat(listener.<Long>getGauge("posterior", "waiting").orElseThrow().getValue()).isEqualTo(5);
    }
}

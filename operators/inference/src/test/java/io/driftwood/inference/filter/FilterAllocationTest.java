package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.SystematicResampler;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is allocated per record after warm-up: nothing that grows with the population. The bound leaves room for a few views of buffers. Until the
 * compiler has done its work vectors are objects, so the least of some rounds is asked for.
 */
class FilterAllocationTest {

    private static final StateSpaceModel MODEL = Run.model("local-level", "response", "y", "noise-variance", 0.05, "level-variance", 1.0,
            "initial", Map.of("mean", 0.0, "variance", 1.0));
    private static final int ROUNDS = 30;
    private static final int RECORDS = 1000;
    private static final int BOUND = 512;

    @ParameterizedTest
    @ValueSource(strings = {"kalman", "bootstrap", "guided", "auxiliary"})
    void step_allocatesNothingThatGrows(String filter) {
        int particles = 2048;
        Filter inner = Filters.CATALOGUE.build(Settings.of("type", filter)).with(MODEL, Run.setup(MODEL, particles, new SystematicResampler()));
        Scored scored = new Scored(inner, new double[] {0.05, 0.5, 0.95}, new int[0], 1e4);
        Clock clock = new Clock(0);
        FilterPosterior posterior = new FilterPosterior(scored, clock, new Forecaster(inner, clock, new double[] {0.5}), 1);
        PosteriorState state = posterior.start("key");
        Scratch scratch = new Scratch();
        Observation[] records = new Observation[64];
        for (int t = 0; t < records.length; t++) {
            records[t] = new Observation("key", t, new double[] {Math.sin(t)}, "test", t);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least >= BOUND; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int t = 0; t < RECORDS; t++) {
                posterior.step(state, records[t % 64], scratch);
            }
            least = Math.min(least, (threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before) / RECORDS);
        }
        assertThat(least).as("bytes a record").isLessThan(BOUND);
    }
}

package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.List;

/** The particles' posterior of a {@link RobustModel}, which records that are no measurement do not reach. */
final class RobustPosterior implements SequentialPosterior {

    private final SequentialPosterior particles;
    private final MeasurementFields fields;
    private final Measurement measurement;
    private final StepInfo refused = new StepInfo();

    RobustPosterior(SequentialPosterior particles, MeasurementFields fields) {
        this.particles = particles;
        this.fields = fields;
        this.measurement = fields.newMeasurement();
    }

    @Override
    public List<String> fields() { return fields.all(); }

    @Override
    public PosteriorState start(String key) { return particles.start(key); }

    @Override
    public StepInfo step(PosteriorState state, Observation record, Scratch scratch) {
        boolean whole = record.values().length == fields.all().size();
        String refusal = whole ? fields.read(record.values(), measurement) : null;
        if (refusal == null) {
            return particles.step(state, record, scratch);
        }
        refused.clear();
        refused.rejection = refusal;
        state.step++;
        state.rejected++;
        return refused;
    }

    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation record, StepInfo info, Scratch scratch) {
        return particles.summarise(state, record, info, scratch);
    }
}

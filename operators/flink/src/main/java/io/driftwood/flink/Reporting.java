package io.driftwood.flink;

import io.driftwood.flink.type.OwnTypeInformation;
import io.driftwood.flink.type.UnreportedStep;
import io.driftwood.flink.type.UnreportedStepSerializer;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.StepInfo;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;

/**
 * Which steps of a key get a summary: every n-th, and the last one when the input ends. For the latter the step since the last summary
 * is kept, with a timer at the end of time; nothing is kept when every step has its summary.
 */
final class Reporting {

    /** The watermark at the end of a bounded input. */
    static final long END = Long.MAX_VALUE;

    private final int every;
    private final ValueState<UnreportedStep> unreported;

    Reporting(int every, RuntimeContext context) {
        this.every = every;
        this.unreported = context.getState(new ValueStateDescriptor<>("unreported",
                new OwnTypeInformation<>(UnreportedStep.class, new UnreportedStepSerializer())));
    }

    /** Whether the step that made {@code assimilated} observations gets its summary now. Keeps it for later otherwise. */
    boolean isDue(long assimilated, Observation y, StepInfo info, TimerService timers) throws Exception {
        if (every == 1) {
            return true;
        }
        boolean due = assimilated % every == 0;
        if (due) {
            unreported.clear();
        } else {
            // A timer that is there already costs more to find than a step.
            if (unreported.value() == null) {
                timers.registerEventTimeTimer(END);
            }
            unreported.update(UnreportedStep.of(y, info));
        }
        return due;
    }

    /** The last step, when its summary has not been sent; it is then taken as sent. */
    Optional<UnreportedStep> takeUnreported() throws Exception {
        if (every == 1) {
            return Optional.empty();
        }
        Optional<UnreportedStep> last = Optional.ofNullable(unreported.value());
        unreported.clear();
        return last;
    }
}

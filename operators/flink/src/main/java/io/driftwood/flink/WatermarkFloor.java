package io.driftwood.flink;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.streaming.api.TimerService;

/**
 * The watermark as it was before a restart. Flink starts again from no watermark at all, so that an observation which was late would be
 * let in, after later ones of its key, merely because the job had failed in between.
 *
 * <p>Saved as broadcast state, because all instances have the same watermark at an aligned checkpoint: every new instance takes
 * that of an old one. The end of a bounded input is not saved: it promises nothing about what a later run reads.
 */
final class WatermarkFloor {

    private static final String KEY = "watermark";

    private final BroadcastState<String, Long> saved;
    private long floor = Long.MIN_VALUE;
    private TimerService timers;

    WatermarkFloor(FunctionInitializationContext state) throws Exception {
        saved = state.getOperatorStateStore().getBroadcastState(new MapStateDescriptor<>("watermark", Types.STRING, Types.LONG));
        Long restored = saved.get(KEY);
        if (restored != null) {
            floor = restored;
        }
    }

    /** The watermark, never lower than it was before the restart. */
    long watermark(TimerService current) {
        timers = current;
        return Math.max(floor, current.currentWatermark());
    }

    /** A watermark that is known already, never lower than it was before the restart. */
    long atLeast(long current) { return Math.max(floor, current); }

    void save() throws Exception {
        long now = timers == null ? floor : watermark(timers);
        saved.put(KEY, now == Long.MAX_VALUE ? floor : now);
    }
}

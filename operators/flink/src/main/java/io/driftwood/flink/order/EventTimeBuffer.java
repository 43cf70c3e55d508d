package io.driftwood.flink.order;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;

/**
 * Elements of the current key that wait for the watermark: held under their event time with one timer each time, released in
 * ascending event time when the timer fires; elements of one event time in the order of a tie break that does not depend on
 * their arrival. All of it is keyed state, so what waits survives a restart and follows its key when the job is rescaled.
 */
public final class EventTimeBuffer<T> {

    private final MapState<Long, List<T>> waiting;
    private final Comparator<? super T> tieBreak;

    /** @param stateName the name of the state in savepoints; never change it */
    public EventTimeBuffer(String stateName, TypeInformation<T> type, Comparator<? super T> tieBreak, RuntimeContext context) {
        this.waiting = context.getMapState(new MapStateDescriptor<>(stateName, Types.LONG, Types.LIST(type)));
        this.tieBreak = tieBreak;
    }

    /** Whether the watermark has already promised that no such event time would come any more. */
    public static boolean isLate(long eventTime, long watermark) { return eventTime <= watermark; }

    /** Keeps an element until the watermark reaches its event time. Not for late elements, which would wait for nothing. */
    public void hold(T element, long eventTime, TimerService timers) throws Exception {
        List<T> together = waiting.get(eventTime);
        if (together == null) {
            together = new ArrayList<>(1);
            timers.registerEventTimeTimer(eventTime);
        }
        together.add(element);
        waiting.put(eventTime, together);
    }

    /** Hands out, in order, and forgets what waited for this event time; empty for a timer of somebody else's. To be called from {@code onTimer}. */
    public List<T> release(long eventTime) throws Exception {
        List<T> together = waiting.get(eventTime);
        if (together == null) {
            return List.of();
        }
        waiting.remove(eventTime);
        if (together.size() == 1) {
            return together;
        }
        List<T> ordered = new ArrayList<>(together);
        ordered.sort(tieBreak);
        return ordered;
    }
}

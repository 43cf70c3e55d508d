package io.driftwood.flink.type;

import io.driftwood.inference.assimilate.Alarm;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.RaisedAlarm;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout 1: key, seq, detection time, then the alarm's components in their order. */
public final class RaisedAlarmSerializer extends RecordSerializer<RaisedAlarm> {

    private static final int NEWEST = 1;

    public RaisedAlarmSerializer() { super(NEWEST); }

    @Override
    public RaisedAlarm createInstance() { return new RaisedAlarm("", 0, Observation.NO_TIME, new Alarm("", "", Observation.NO_TIME, Double.NaN, Double.NaN, "")); }

    @Override
    public void serialize(RaisedAlarm raised, DataOutputView out) throws IOException {
        Fields.writeString(raised.key(), out);
        out.writeLong(raised.seq());
        out.writeLong(raised.detectionTime());
        Alarm alarm = raised.alarm();
        Fields.writeString(alarm.kind(), out);
        Fields.writeString(alarm.channel(), out);
        out.writeLong(alarm.since());
        out.writeDouble(alarm.statistic());
        out.writeDouble(alarm.bound());
        Fields.writeString(alarm.message(), out);
    }

    @Override
    public RaisedAlarm deserialize(DataInputView in) throws IOException {
        return new RaisedAlarm(Fields.readString(in), in.readLong(), in.readLong(),
                new Alarm(Fields.readString(in), Fields.readString(in), in.readLong(), in.readDouble(), in.readDouble(), Fields.readString(in)));
    }

    @Override
    public TypeSerializerSnapshot<RaisedAlarm> snapshotConfiguration() { return new Snapshot(); }

    /** Saved with the state. */
    public static final class Snapshot extends LayoutSnapshot<RaisedAlarm> {
        public Snapshot() { super(NEWEST, NEWEST); }

        @Override
        protected TypeSerializer<RaisedAlarm> serializerOf(int layout) { return new RaisedAlarmSerializer(); }
    }
}

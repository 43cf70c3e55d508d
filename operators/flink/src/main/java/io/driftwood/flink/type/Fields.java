package io.driftwood.flink.type;

import io.driftwood.inference.summary.LearnedVersion;
import io.driftwood.inference.summary.Quantity;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Reading and writing of the few kinds of field that records consist of. Strings may be null and of any length. */
final class Fields {

    private Fields() {}

    static void writeString(String value, DataOutputView out) throws IOException { StringValue.writeString(value, out); }

    static String readString(DataInputView in) throws IOException { return StringValue.readString(in); }

    static void writeDoubles(double[] values, DataOutputView out) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    static double[] readDoubles(DataInputView in) throws IOException {
        double[] values = new double[readCount(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    static void writeQuantities(Quantity[] quantities, DataOutputView out) throws IOException {
        out.writeInt(quantities.length);
        for (Quantity quantity : quantities) {
            writeString(quantity.name(), out);
            out.writeDouble(quantity.mean());
            out.writeDouble(quantity.sd());
            writeDoubles(quantity.quantiles(), out);
        }
    }

    static Quantity[] readQuantities(DataInputView in) throws IOException {
        Quantity[] quantities = new Quantity[readCount(in)];
        for (int k = 0; k < quantities.length; k++) {
            quantities[k] = new Quantity(readString(in), in.readDouble(), in.readDouble(), readDoubles(in));
        }
        return quantities;
    }

    /** What was learned, or null. */
    static void writeVersion(LearnedVersion version, DataOutputView out) throws IOException {
        out.writeBoolean(version != null);
        if (version != null) {
            writeString(version.name(), out);
            out.writeLong(version.version());
        }
    }

    static LearnedVersion readVersion(DataInputView in) throws IOException {
        return in.readBoolean() ? new LearnedVersion(readString(in), in.readLong()) : null;
    }

    /** A length that is not negative; anything else means that the bytes are not what they should be. */
    static int readCount(DataInputView in) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new IOException("corrupt record: a length of " + count);
        }
        return count;
    }
}

package io.driftwood.flink.type;

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

    /** A length that is not negative; anything else means that the bytes are not what they should be. */
    static int readCount(DataInputView in) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new IOException("corrupt record: a length of " + count);
        }
        return count;
    }
}

package io.driftwood.connectors.type;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.wire.DeadLetter;
import io.driftwood.wire.Decoded;
import io.driftwood.wire.OutputRecord;
import io.driftwood.wire.RawRecord;
import java.util.Arrays;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.testutils.DeeplyEqualsChecker;
import org.junit.jupiter.api.Nested;

/** Flink's own suite for serializers, for each of ours. */
class SerializersTest {

    private static final RawRecord WHOLE = RawRecord.of(new byte[] {1, 2}, new byte[] {3}, "topic-0", 42, 1700000000000L);
    private static final RawRecord KEYLESS = RawRecord.of(null, null, "", 0, Observation.NO_TIME);
    private static final RawRecord TRUNCATED =
            RawRecord.of(null, new byte[200_000], "schlüssel 🌊.csv".repeat(10_000), Long.MAX_VALUE, -1).boundedTo(100_000);

    @Nested
    class OfRawRecords extends SerializerTestBase<RawRecord> {
        @Override
        protected TypeSerializer<RawRecord> createSerializer() {
            return RawRecordSerializer.INSTANCE;
        }

        @Override
        protected int getLength() {
            return -1;
        }

        @Override
        protected Class<RawRecord> getTypeClass() {
            return RawRecord.class;
        }

        @Override
        protected RawRecord[] getTestData() {
            return new RawRecord[] {WHOLE, KEYLESS, TRUNCATED};
        }
    }

    @Nested
    class OfDeadLetters extends SerializerTestBase<DeadLetter> {
        @Override
        protected TypeSerializer<DeadLetter> createSerializer() {
            return WireTypeInfo.DEAD_LETTER.createSerializer(new SerializerConfigImpl());
        }

        @Override
        protected int getLength() {
            return -1;
        }

        @Override
        protected Class<DeadLetter> getTypeClass() {
            return DeadLetter.class;
        }

        @Override
        protected DeadLetter[] getTestData() {
            return new DeadLetter[] {new DeadLetter("The record is empty.", KEYLESS), new DeadLetter("r".repeat(100_000), WHOLE)};
        }
    }

    @Nested
    class OfOutputRecords extends SerializerTestBase<OutputRecord> {
        @Override
        protected TypeSerializer<OutputRecord> createSerializer() {
            return WireTypeInfo.OUTPUT_RECORD.createSerializer(new SerializerConfigImpl());
        }

        @Override
        protected int getLength() {
            return -1;
        }

        @Override
        protected Class<OutputRecord> getTypeClass() {
            return OutputRecord.class;
        }

        @Override
        protected OutputRecord[] getTestData() {
            return new OutputRecord[] {
                new OutputRecord(new byte[0], new byte[0]), new OutputRecord(new byte[] {1}, new byte[100_000])
            };
        }
    }

    @Nested
    class OfDecoded extends SerializerTestBase<Decoded> {

        OfDecoded() {
            super(new DeeplyEqualsChecker().withCustomCheck(
                    (one, other) -> one instanceof Decoded.Read && other instanceof Decoded.Read,
                    (one, other, checker) -> same(((Decoded.Read) one).observation(), ((Decoded.Read) other).observation())));
        }

        private static boolean same(Observation one, Observation other) {
            return one.key().equals(other.key()) && one.eventTime() == other.eventTime()
                    && Arrays.equals(one.values(), other.values())
                    && one.origin().equals(other.origin()) && one.offset() == other.offset();
        }

        @Override
        protected TypeSerializer<Decoded> createSerializer() {
            return WireTypeInfo.decoded(TypeInformation.of(Observation.class)).createSerializer(new SerializerConfigImpl());
        }

        @Override
        protected int getLength() {
            return -1;
        }

        @Override
        protected Class<Decoded> getTypeClass() {
            return Decoded.class;
        }

        @Override
        protected Decoded[] getTestData() {
            return new Decoded[] {
                new Decoded.Unreadable(new DeadLetter("The record is empty.", TRUNCATED)),
                new Decoded.Read(new Observation("k", Observation.NO_TIME, new double[] {1, Double.NaN}, "f.csv", 7))
            };
        }
    }
}

package io.driftwood.flink.state;

import io.driftwood.inference.assimilate.PosteriorState;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.testutils.DeeplyEqualsChecker;

/** Flink's own contract of a serializer, over posteriors of every phase. */
class PosteriorStateSerializerTest extends SerializerTestBase<PosteriorState> {

    PosteriorStateSerializerTest() {
        super(new DeeplyEqualsChecker().withCustomCheck((a, b) -> a instanceof PosteriorState && b instanceof PosteriorState,
                (a, b, checker) -> States.bits((PosteriorState) a).equals(States.bits((PosteriorState) b))));
    }

    @Override
    protected TypeSerializer<PosteriorState> createSerializer() { return new PosteriorStateSerializer(States.PAYLOADS); }

    @Override
    protected int getLength() { return -1; }

    @Override
    protected Class<PosteriorState> getTypeClass() { return PosteriorState.class; }

    @Override
    protected PosteriorState[] getTestData() { return States.all(); }
}

package io.driftwood.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

class BooksTest {

    /** Writes into its books what it is told. */
    private static final class Clerk extends KeyedProcessFunction<String, String, String> implements CheckpointedFunction {
        transient Books books;

        @Override
        public void initializeState(FunctionInitializationContext state) throws Exception { books = new Books(state, getRuntimeContext()); }

        @Override
        public void processElement(String fate, Context context, Collector<String> out) {
            switch (fate) {
                case "assimilated" -> books.assimilated();
                case "late" -> books.late();
                case "rejected" -> books.rejected();
                default -> books.held();
            }
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception { books.save(); }
    }

    /** What several instances have in their books together: assimilated, late, rejected, waiting. */
    private static List<Long> total(List<Clerk> clerks) {
        long[] sums = new long[4];
        for (Clerk clerk : clerks) {
            for (int k = 0; k < 3; k++) {
                String name = List.of(Books.ASSIMILATED, Books.LATE, Books.REJECTED).get(k);
                sums[k] += (Long) clerk.getRuntimeContext().getAccumulator(name).getLocalValue();
            }
            sums[3] += clerk.books.waiting();
        }
        return List.of(sums[0], sums[1], sums[2], sums[3]);
    }

    @Test
    void everyCount_survivesRescalingInBothDirections() throws Exception {
        OperatorSubtaskState saved = null;
        int before = 1;
        for (int parallelism : new int[] {1, 3, 2, 4, 1}) {
            List<Clerk> clerks = new ArrayList<>();
            List<KeyedOneInputStreamOperatorTestHarness<String, String, String>> harnesses = new ArrayList<>();
            for (int i = 0; i < parallelism; i++) {
                Clerk clerk = new Clerk();
                var harness = new KeyedOneInputStreamOperatorTestHarness<>(new KeyedProcessOperator<>(clerk), fate -> fate, Types.STRING, 8, parallelism, i);
                harness.setup(StringSerializer.INSTANCE);
                if (saved != null) {
                    harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(saved, 8, before, parallelism, i));
                }
                harness.open();
                clerks.add(clerk);
                harnesses.add(harness);
            }
            if (saved == null) {
                for (String fate : List.of("assimilated", "assimilated", "assimilated", "late", "late", "rejected", "held", "held", "held", "held")) {
                    harnesses.get(0).processElement(fate, 0);
                }
            }
            assertThat(total(clerks)).as("at parallelism %d", parallelism).isEqualTo(List.of(3L, 2L, 1L, 4L));
            OperatorSubtaskState[] snapshots = new OperatorSubtaskState[parallelism];
            for (int i = 0; i < parallelism; i++) {
                snapshots[i] = harnesses.get(i).snapshot(1, 1);
                harnesses.get(i).close();
            }
            saved = AbstractStreamOperatorTestHarness.repackageState(snapshots);
            before = parallelism;
        }
    }
}

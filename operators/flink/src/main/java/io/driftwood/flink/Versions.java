package io.driftwood.flink;

import io.driftwood.inference.assimilate.InForce;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.learned.Learned;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * {@link InForce}, saved: as broadcast state, because every instance has the same versions at an aligned checkpoint. An instance may have forgotten
 * one that another still has, but none that a record after the checkpoint's watermark can need.
 */
final class Versions {

    private final InForce inForce;
    private final BroadcastState<String, Learned> saved;

    Versions(SequentialPosterior own, FunctionInitializationContext state) throws Exception {
        inForce = new InForce(own);
        saved = state.getOperatorStateStore().getBroadcastState(InformedPosteriorFunction.VERSIONS);
        for (Map.Entry<String, Learned> version : saved.entries()) {
            inForce.add(version.getValue());
        }
    }

    private static String id(Learned learned) { return learned.eventTime() + "/" + learned.version() + "/" + learned.name(); }

    void take(Learned learned, long watermark) throws Exception {
        if (inForce.add(learned)) {
            saved.put(id(learned), learned);
        }
        for (Learned gone : inForce.prune(watermark)) {
            saved.remove(id(gone));
        }
    }

    SequentialPosterior at(long eventTime) { return inForce.at(eventTime); }

    SequentialPosterior newest() { return inForce.newest(); }
}

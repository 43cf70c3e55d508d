package io.driftwood.inference.assimilate;

import io.driftwood.inference.learned.Learned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * Which recursion serves a record: the one that has taken up the newest version of what was learned whose event time is not after the record's, or the
 * posterior's own before there is any. Of versions of one event time the highest holds. A function of the versions and the event time, whatever
 * the order in which the versions came.
 *
 * <p>Recursions are built when they are first needed; the {@value #KEPT} used last are kept. Not safe to share between threads.
 */
public final class InForce {

    private static final int KEPT = 4;
    private static final Comparator<Learned> ORDER =
            Comparator.comparingLong(Learned::eventTime).thenComparingLong(Learned::version).thenComparing(Learned::name);

    private final SequentialPosterior own;
    /** Ascending. */
    private final List<Learned> versions = new ArrayList<>();
    /** The one used last is the first. */
    private final List<Built> built = new ArrayList<>();

    private record Built(Learned learned, SequentialPosterior recursion) {}

    public InForce(SequentialPosterior own) { this.own = own; }

    /** Takes up a version that has been found to fit. False when it is there already. */
    public boolean add(Learned learned) {
        int at = versions.size();
        while (at > 0 && ORDER.compare(versions.get(at - 1), learned) >= 0) {
            at--;
        }
        if (at < versions.size() && ORDER.compare(versions.get(at), learned) == 0) {
            return false;
        }
        versions.add(at, learned);
        return true;
    }

    /** The recursion for a record of this event time. */
    public SequentialPosterior at(long eventTime) {
        for (int v = versions.size() - 1; v >= 0; v--) {
            if (versions.get(v).eventTime() <= eventTime) {
                return recursion(versions.get(v));
            }
        }
        return own;
    }

    /** The recursion for a record without event time. */
    public SequentialPosterior newest() { return versions.isEmpty() ? own : recursion(versions.get(versions.size() - 1)); }

    private SequentialPosterior recursion(Learned learned) {
        if (!built.isEmpty() && built.get(0).learned == learned) {
            return built.get(0).recursion;
        }
        Built found = null;
        for (Built one : built) {
            found = one.learned == learned ? one : found;
        }
        Built served = found == null ? new Built(learned, new Informed(own, learned)) : found;
        if (found != null) {
            built.remove(found);
        }
        built.add(0, served);
        while (built.size() > KEPT) {
            built.remove(KEPT);
        }
        return served.recursion;
    }

    /** Forgets, and hands out, the versions that no record after this event time can need. */
    public List<Learned> prune(long eventTime) {
        List<Learned> pruned = new ArrayList<>();
        while (versions.size() > 1 && versions.get(1).eventTime() <= eventTime) {
            pruned.add(versions.remove(0));
        }
        for (Iterator<Built> kept = built.iterator(); kept.hasNext();) {
            if (pruned.contains(kept.next().learned)) {
                kept.remove();
            }
        }
        return pruned;
    }
}

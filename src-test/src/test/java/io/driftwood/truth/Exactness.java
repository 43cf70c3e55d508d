package io.driftwood.truth;

import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Transitions;
import java.util.stream.Stream;

/** The transitions that can move a model's parameters, by whether they are exact. */
final class Exactness {

    private Exactness() {}

    static Stream<String> transitions(boolean exact) {
        return Transitions.CATALOGUE.entries().stream().filter(entry -> {
            Transition transition = entry.build().apply(entry.defaults());
            return transition.domain() == Domain.REAL && transition.exactness().exact() == exact;
        }).map(Entry::name);
    }
}

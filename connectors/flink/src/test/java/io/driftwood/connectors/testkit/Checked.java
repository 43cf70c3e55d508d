package io.driftwood.connectors.testkit;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Catalogue entries built as a configuration would build them: checked, with defaults filled in. */
public final class Checked {

    private Checked() {}

    public static <T> T build(Catalogue<T> catalogue, String type, Object... keysAndValues) {
        Entry<? extends T> entry = catalogue.find(type).orElseThrow();
        Map<String, Object> written = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            written.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        var checked = Checker.check(new Shape.Struct(entry.options()), written);
        if (!checked.problems().isEmpty()) {
            throw new AssertionError(List.copyOf(checked.problems()).toString());
        }
        return entry.build().apply(checked.settings());
    }
}

package io.driftwood.truth;

import io.driftwood.inference.assimilate.Histories;
import io.driftwood.inference.assimilate.History;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Models;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models, samplers and histories as a job's configuration would make them: checked, with defaults. Keys and values alternate. */
public final class Setup {

    private Setup() {}

    public static Model model(String type, Object... options) {
        return Models.CATALOGUE.build(choice(Shape.variant(Models.CATALOGUE), type, options));
    }

    public static History history(String type, Object... options) {
        return Histories.CATALOGUE.build(choice(Shape.variant(Histories.CATALOGUE), type, options));
    }

    public static Settings sampler(Object... options) {
        return Checker.check(new Shape.Struct(SamplerOptions.OPTIONS), tree(options)).orThrow();
    }

    /** The settings of a catalogue's entry. */
    public static Settings choice(Shape catalogue, String type, Object... options) {
        Map<String, Object> tree = tree(options);
        tree.put("type", type);
        return Checker.check(new Shape.Struct(List.of(Option.required("it", catalogue, ""))), Map.of("it", tree)).orThrow().struct("it");
    }

    public static Map<String, Object> tree(Object... keysAndValues) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tree.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return tree;
    }
}

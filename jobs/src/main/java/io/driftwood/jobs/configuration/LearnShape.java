package io.driftwood.jobs.configuration;

import static io.driftwood.inference.catalogue.Option.optional;
import static io.driftwood.inference.catalogue.Option.required;
import static io.driftwood.inference.catalogue.Option.withDefault;
import static io.driftwood.inference.catalogue.Shape.integer;
import static io.driftwood.inference.catalogue.Shape.listOf;
import static io.driftwood.inference.catalogue.Shape.struct;
import static io.driftwood.inference.catalogue.Shape.table;
import static io.driftwood.inference.catalogue.Shape.text;
import static io.driftwood.inference.catalogue.Shape.variant;

import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.learn.Trainings;

/** What the configuration of {@code driftwood learn} may look like: a table, and what is learned from it. */
public final class LearnShape {

    public static final Shape.Struct ROOT = (Shape.Struct) struct(
            withDefault("name", text("a name"), "learned", "What is learned is called; versions of one name supersede each other."),
            required("data", table(), "The table, rows with a missing number left out."),
            optional("columns", listOf(text("a column name")), "Columns that are learned from, in this order. Absent: all that hold numbers."),
            required("training", variant(Trainings.CATALOGUE), "What is learned, and how."),
            withDefault("seed", integer(Long.MIN_VALUE, Long.MAX_VALUE), 1L, "the same seed gives the same numbers, bit for bit"));

    private LearnShape() {}

    /** Whether a file is about what is to be learned from a table. */
    static boolean describes(YamlFile file) {
        return file.tree().containsKey("training") && !SampleShape.describes(file) && !SampleShape.describesAStream(file);
    }
}

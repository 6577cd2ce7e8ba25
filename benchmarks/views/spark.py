"""PySpark local on all cores doing the same flattening; a program of its own.

It runs in an environment that holds PySpark alone: ``python spark.py FILE OUT NAME...`` prints one
JSON object, name to seconds. Starting the session and the first read are not counted.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as f

NATIONALITY = "http://hl7.org/fhir/StructureDefinition/patient-nationality"
_CODING = "struct<coding:array<struct<system:string,code:string>>>"
_QUANTITY = "struct<value:double,unit:string>"
_PART = f"struct<code:{_CODING},valueQuantity:{_QUANTITY}>"
_QUESTION = "struct<linkId:string,answer:array<struct<valueDecimal:double>>>"
_GROUP = f"struct<linkId:string,item:array<{_QUESTION}>>"
_FIELDS = {
    "status": "string",
    "code": _CODING,
    "subject": "struct<reference:string>",
    "effectiveDateTime": "string",
    "valueQuantity": _QUANTITY,
    "component": f"array<{_PART}>",
    "birthDate": "string",
    "active": "boolean",
    "name": "array<struct<use:string>>",
    "extension": "array<struct<url:string,extension:array<struct<url:string,"
    f"valueCodeableConcept:{_CODING}>>>>",
    "item": f"array<struct<linkId:string,item:array<{_GROUP}>>>",
}


def _code() -> Column:
    return f.col("code.coding")[0]["code"]


def _part() -> list[Column]:
    return [f.col("c.code.coding")[0]["code"].alias("deel"), f.col("c.valueQuantity.value")]


def _flat(r: DataFrame) -> DataFrame:
    quantity = f.col("valueQuantity")
    return r.select(
        "id", "status", _code(), "subject.reference", "effectiveDateTime",
        quantity["value"], quantity["unit"].alias("eenheid"),
    )  # fmt: skip


def _for_each(r: DataFrame) -> DataFrame:
    return r.select("id", f.explode("code.coding").alias("c")).select("id", "c.system", "c.code")


def _two_for_each(r: DataFrame) -> DataFrame:
    coding = r.select("id", "component", f.explode("code.coding").alias("k"))
    both = coding.select("id", f.col("k.code").alias("code"), f.explode("component").alias("c"))
    return both.select("id", "code", *_part())


def _union(r: DataFrame) -> DataFrame:
    own = f.array(f.struct("code", "valueQuantity"))
    parts = f.concat(own, f.coalesce("component", f.array().cast(f"array<{_PART}>")))
    return r.select("id", f.explode(parts).alias("c")).select("id", *_part())


def _extension(r: DataFrame) -> DataFrame:
    outer = f.filter("extension", lambda e: e["url"] == NATIONALITY)[0]["extension"]
    land = f.filter(outer, lambda e: e["url"] == "code")[0]["valueCodeableConcept"]["coding"][0]
    official = f.exists("name", lambda n: n["use"] == "official")
    return r.where(f.col("active") & official).select("id", "birthDate", land["code"].alias("land"))


def _nothing() -> Column:
    return f.lit(None).cast("double")


def _repeat(r: DataFrame) -> DataFrame:
    def question(z: Any) -> Any:
        answer = z["answer"][0]["valueDecimal"]
        return f.struct(z["linkId"].alias("v"), answer.alias("a"))

    def group(x: Any, inside: Any) -> Any:
        own = f.array(f.struct(x["linkId"].alias("v"), _nothing().alias("a")))
        return f.concat(own, inside)

    def middle(y: Any) -> Any:
        return group(y, f.transform(y["item"], question))

    nodes = f.flatten(
        f.transform("item", lambda x: group(x, f.flatten(f.transform(x["item"], middle))))
    )
    return r.select("id", f.explode(nodes).alias("i")).select("id", "i.v", "i.a")


def _deep(r: DataFrame) -> DataFrame:
    r = r.select("id", f.explode("item").alias("x"))
    r = r.select("id", f.col("x.linkId").alias("groep"), f.explode("x.item").alias("y"))
    r = r.select("id", "groep", f.explode("y.item").alias("z"))
    r = r.select("id", "groep", f.col("z.linkId").alias("vraag"), f.explode("z.answer").alias("a"))
    return r.select("id", "groep", "vraag", "a.valueDecimal")


#: Shape: resource type, the elements it reads, the flattening.
JOBS = {
    "flat": (
        "Observation", ["status", "code", "subject", "effectiveDateTime", "valueQuantity"], _flat,
    ),
    "flat without decimals": (
        "Observation",
        ["status", "code", "subject", "effectiveDateTime"],
        lambda r: r.select("id", "status", _code(), "subject.reference", "effectiveDateTime"),
    ),
    "forEach": ("Observation", ["code"], _for_each),
    "two forEach": ("Observation", ["code", "component"], _two_for_each),
    "forEachOrNull": (
        "Observation",
        ["component"],
        lambda r: r.select("id", f.explode_outer("component").alias("c")).select(
            "id", *_part()
        ),
    ),
    "unionAll": ("Observation", ["code", "valueQuantity", "component"], _union),
    "where and extension": ("Patient", ["birthDate", "active", "name", "extension"], _extension),
    "repeat": ("QuestionnaireResponse", ["item"], _repeat),
    "deep nesting": ("QuestionnaireResponse", ["item"], _deep),
}  # fmt: skip


def main(file: str, out: str, names: list[str]) -> dict[str, float]:
    """Run the jobs named; each writes Parquet to a folder of its own under ``out``."""
    spark = (
        SparkSession.builder.master("local[*]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "3g")
        .config("spark.sql.parquet.compression.codec", "zstd")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    spark.range(1000).write.mode("overwrite").parquet(f"{out}/warm")
    seconds = {}
    for name in names:
        resource, elements, flatten = JOBS[name]
        fields = ", ".join(f"{key} {_FIELDS[key]}" for key in elements)
        start = time.perf_counter()
        source = spark.read.schema(f"resourceType string, id string, {fields}").json(file)
        rows = flatten(source.where(f.col("resourceType") == resource))
        rows.write.mode("overwrite").parquet(f"{out}/{name}")
        seconds[name] = time.perf_counter() - start
    spark.stop()
    return seconds


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], sys.argv[2], sys.argv[3:])) + "\n")

#include "adic/base/sayings.hpp"

#include "api/openapi.hpp"

#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;

/// Schemas are data: read once, from a text that looks like what it describes.
constexpr const char* schemas = R"json({
  "Problem": {"type": "object", "required": ["error"], "properties": {"error": {
    "type": "object", "required": ["code", "message"], "properties": {
      "code": {"type": "string"}, "message": {"type": "string"},
      "problems": {"type": "array", "items": {"type": "object", "properties": {
        "rule": {"type": "string"}, "row": {"type": "integer"}, "column": {"type": "string"},
        "value": {"type": "string"}, "message": {"type": "string"}}}}}}}},
  "Status": {"type": "object", "required": ["status"], "properties": {"status": {"type": "string"}}},
  "Session": {"type": "object", "required": ["door", "account", "reader", "permissions", "csrf"],
    "properties": {
      "door": {"enum": ["sample", "desk", "accounts"]},
      "login_service": {"type": "boolean"},
      "account": {"type": ["string", "null"]}, "reader": {"type": ["string", "null"]},
      "state": {"description": "that the account belongs to", "type": ["string", "null"]},
      "permissions": {"type": "array", "items": {"type": "string"}},
      "withheld": {"description": "what a second factor would give", "type": "array",
        "items": {"type": "string"}},
      "has_second_factor": {"description": "of the own account; null: there is none",
        "type": ["boolean", "null"]},
      "csrf": {"type": ["string", "null"]}}},
  "Entry": {"type": "object", "properties": {
    "name": {"type": "string"}, "password": {"type": "string"}, "code": {"type": "string"},
    "key": {"type": "string"}, "as": {"type": "string"}}},
  "RecordTypes": {"type": "object", "required": ["types"], "properties": {"types": {
    "type": "array", "items": {"type": "object", "required": ["key", "title", "help", "fields"],
      "properties": {"key": {"type": "string"}, "title": {"type": "string"},
        "help": {"type": "string"},
        "written_by": {"type": "string", "description": "the one command that writes them"},
        "fields": {"type": "array", "items": {"type": "object",
          "required": ["key", "title", "kind", "required", "several"], "properties": {
            "key": {"type": "string"}, "title": {"type": "string"}, "help": {"type": "string"},
            "kind": {"type": "string"}, "required": {"type": "boolean"},
            "several": {"type": "boolean"}, "of": {"type": "string"},
            "choices": {"type": "array", "items": {"type": "string"}},
            "least": {"type": "number"}, "most": {"type": "number"},
            "fewest_characters": {"type": "integer"},
            "not_before": {"type": "string", "description":
              "a date of the same record that this one is not before"},
            "for_officials": {"type": "boolean", "description":
              "an account of an organisation leaves it as it is"}}}}}}}}},
  "ItemClasses": {"type": "object", "required": ["classes", "units"], "properties": {
    "classes": {"type": "array", "items": {"type": "object",
      "required": ["name", "key", "version", "latest", "title", "properties"], "properties": {
        "name": {"type": "string"}, "key": {"type": "string"}, "version": {"type": "integer"},
        "latest": {"type": "boolean"}, "title": {"type": "string"},
        "properties": {"type": "array", "items": {"type": "object",
          "required": ["key", "title", "kind", "required", "source", "confidence"],
          "properties": {"key": {"type": "string"}, "title": {"type": "string"},
            "kind": {"enum": ["number", "whole", "text", "choice", "yes_no"]},
            "required": {"type": "boolean"}, "unit": {"type": "string"},
            "least": {"type": "number"}, "most": {"type": "number"},
            "choices": {"type": "array", "items": {"type": "string"}},
            "source": {"type": "string"}, "confidence": {"type": "string"},
            "note": {"type": "string"}}}}}}},
    "units": {"type": "array", "items": {"type": "object", "required": ["name", "dimension"],
      "properties": {"name": {"type": "string"}, "dimension": {"type": "string"}}}}}},
  "Record": {"type": "object", "required": ["id", "type", "owner", "fields"], "properties": {
    "id": {"type": "string"}, "type": {"type": "string"}, "owner": {"type": "string"},
    "organisation": {"type": "string", "description":
      "that speaks for itself in the record; the owner's side alone sees it"},
    "fields": {"type": "object", "description":
      "what is seen of each; {\"disclosure\": \"exists\"} where there is something and not what, {\"disclosure\": \"generalised\", \"value\": ...} where it is less than the value; properties are an object of {\"value\", \"unit\"} by key, each with a disclosure of its own"}}},
  "RecordPage": {"type": "object", "required": ["total", "records", "facets"], "properties": {
    "total": {"type": "integer"},
    "records": {"type": "array", "items": {"$ref": "#/components/schemas/Record"}},
    "facets": {"type": "object", "additionalProperties": {"type": "array", "items": {
      "type": "object", "properties": {"value": {"type": "string"}, "count": {"type": "integer"}}}}}}},
  "Suggestions": {"type": "object", "required": ["words"], "properties": {"words": {
    "type": "array", "items": {"type": "object", "properties": {
      "word": {"type": "string"}, "count": {"type": "integer"}}}}}},
  "NewRecord": {"type": "object", "description":
    "the columns of the table of its type, and organisation, source, period, confidence, note",
    "additionalProperties": {"type": ["string", "number", "boolean", "array", "object", "null"]}},
  "NewRecords": {"type": "object", "required": ["records"], "properties": {"records": {
    "type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/NewRecord"}}}},
  "Added": {"type": "object", "required": ["added", "changed", "unchanged", "ids", "written"],
    "properties": {"added": {"type": "integer"}, "changed": {"type": "integer"},
      "unchanged": {"type": "integer"}, "written": {"type": "boolean"},
      "ids": {"type": "array", "items": {"type": "string"}},
      "differences": {"description": "of a dry run, one for each row", "type": "array",
        "items": {"type": "object", "required": ["id", "change", "fields"], "properties": {
          "id": {"type": "string"}, "change": {"enum": ["added", "changed", "unchanged"]},
          "fields": {"type": "array", "items": {"type": "object",
            "required": ["field", "before", "after"], "properties": {
              "field": {"type": "string"}, "before": {"type": "string"},
              "after": {"type": "string"}}}}}}}}},
  "Sheets": {"type": "object", "required": ["sheets"], "properties": {"sheets": {"type": "array",
    "items": {"type": "object", "required": ["name", "rows"], "properties": {
      "name": {"type": "string"}, "rows": {"type": "array", "items": {"type": "object",
        "required": ["row", "cells"], "properties": {"row": {"type": "integer"},
          "cells": {"type": "array", "items": {"type": "string"}}}}}}}}}},
  "History": {"type": "object", "required": ["versions"], "properties": {"versions": {
    "type": "array", "items": {"type": "object", "required": ["number", "at", "record"],
      "properties": {"number": {"type": "integer"}, "at": {"type": "string"},
        "by": {"type": "string"}, "why": {"type": "string"},
        "record": {"$ref": "#/components/schemas/Record"}}}}}},
  "Release": {"type": "object", "required": ["record", "fields", "owners_side", "label"],
    "properties": {
    "record": {"type": "string"}, "label": {"type": "string"},
    "owners_side": {"type": "string",
      "description": "org:NAME, an organisation that sees all of the record; empty: none"},
    "fields": {"type": "object", "additionalProperties": {"type": "string"}}}},
  "ReleaseChange": {"type": "object", "required": ["release"], "properties": {
    "field": {"type": "string",
      "description": "empty: the record; owners_side: which organisation sees all of it"},
    "release": {"type": "string", "description": "empty: nobody"},
    "confirm": {"type": "boolean"},
    "basis": {"type": "string",
      "description": "of the answer that was looked at: nothing changes if it is another now"}}},
  "ReleaseAnswer": {"type": "object",
    "required": ["label", "basis", "saved", "changes", "warnings"],
    "properties": {"label": {"type": "string"}, "saved": {"type": "boolean"},
      "basis": {"type": "string", "description": "names the change and what it starts from"},
      "widens": {"type": "boolean"}, "proposal": {"type": "integer"},
      "warnings": {"type": "array", "items": {"type": "string"}},
      "changes": {"type": "array", "items": {"type": "object", "properties": {
        "reader": {"type": "string"}, "field": {"type": "string"},
        "before": {"type": "string"}, "after": {"type": "string"}}}}}},
  "Approval": {"type": "object", "required": ["basis"], "properties": {
    "basis": {"type": "string", "description": "of the answer that was looked at"}}},
  "Proposal": {"type": "object", "required": ["number", "record", "field", "after", "by", "state"],
    "properties": {"number": {"type": "integer"}, "record": {"type": "string"},
      "field": {"type": "string"}, "before": {}, "after": {"type": "string"},
      "why": {"type": "string"}, "by": {"type": "string"}, "at": {"type": "string"},
      "expires": {"type": "string"}, "decided_by": {"type": ["string", "null"]},
      "state": {"enum": ["waiting", "approved", "applied", "refused", "withdrawn"]}}},
  "Proposals": {"type": "object", "required": ["proposals"], "properties": {"proposals": {
    "type": "array", "items": {"$ref": "#/components/schemas/Proposal"}}}},
  "Aggregate": {"type": "object", "required": ["id", "owner", "name", "measure", "item",
      "first_year", "last_year", "smallest_group", "protection", "rounding", "audience",
      "definition", "consents", "enough", "result", "own", "own_consent", "obstacle"],
    "properties": {"id": {"type": "string"}, "owner": {"type": "string"},
      "name": {"type": "string"}, "measure": {"type": "string"}, "item": {"type": "string"},
      "first_year": {"type": "integer"}, "last_year": {"type": "integer"},
      "smallest_group": {"type": "integer", "description": "states that have to consent"},
      "protection": {"type": "integer", "description": "p of the p% rule, in per cent"},
      "rounding": {"type": "integer", "description": "the total is a multiple of it"},
      "audience": {"type": "string", "description": "who is shown the result"},
      "definition": {"type": "string", "description": "digest of all of the above"},
      "consents": {"description": "in force today, as far as they are seen", "type": "array",
        "items": {"type": "object", "required": ["state", "from", "until"], "properties": {
          "state": {"type": "string"}, "from": {"type": "string"}, "until": {"type": "string",
            "description": "the first day on which it no longer holds"}}}},
      "enough": {"type": "boolean"},
      "result": {"type": ["object", "null"],
        "required": ["id", "outcome", "total", "states", "published"], "properties": {
          "id": {"type": "string"}, "outcome": {"enum": ["published", "withheld"]},
          "total": {"type": ["number", "null"]},
          "states": {"type": "array", "items": {"type": "string"}},
          "published": {"type": "string"}}},
      "own": {"description": "what the reader's own state would have counted today",
        "type": ["object", "null"], "required": ["quantity", "records", "undated"],
        "properties": {"quantity": {"type": "number"}, "records": {"type": "integer"},
          "undated": {"type": "integer", "description": "without a first day: not counted"}}},
      "own_consent": {"enum": ["none", "waiting", "given"]},
      "obstacle": {"type": "string",
        "description": "why the own state cannot consent; empty: it can"}}},
  "Aggregates": {"type": "object", "required": ["aggregates"], "properties": {"aggregates": {
    "type": "array", "items": {"$ref": "#/components/schemas/Aggregate"}}}},
  "ConsentQuestion": {"type": "object", "properties": {
    "definition": {"type": "string", "description": "of the aggregate that was looked at"},
    "from": {"type": "string", "description": "empty: today"},
    "until": {"type": "string", "description": "the first day on which it no longer holds"},
    "confirm": {"type": "boolean"}}},
  "ConsentAnswer": {"type": "object",
    "required": ["aggregate", "consent", "shown_to", "effects", "saved"], "properties": {
      "aggregate": {"$ref": "#/components/schemas/Aggregate"}, "consent": {"type": "string"},
      "shown_to": {"type": "string"}, "saved": {"type": "boolean"},
      "effects": {"type": "array", "items": {"type": "string"}},
      "proposal": {"type": ["integer", "null"],
        "description": "that somebody else of the state has to approve"}}},
  "Confirmation": {"type": "object", "properties": {"confirm": {"type": "boolean"}}},
  "PublishAnswer": {"type": "object", "required": ["aggregate", "published"], "properties": {
    "aggregate": {"$ref": "#/components/schemas/Aggregate"}, "published": {"type": "boolean"}}},
  "Analyses": {"type": "object", "required": ["analyses"], "properties": {"analyses": {
    "type": "array", "items": {"type": "object",
      "required": ["name", "summary", "description", "takes_long", "can_go_on", "parameters"],
      "properties": {"name": {"type": "string"}, "summary": {"type": "string"},
        "description": {"type": "string"}, "takes_long": {"type": "boolean"},
        "can_go_on": {"type": "boolean"}, "parameters": {"type": "array", "items": {
          "type": "object", "properties": {"name": {"type": "string"}, "help": {"type": "string"},
            "standard": {"type": ["string", "null"]}, "required": {"type": "boolean"},
            "repeated": {"type": "boolean"}, "flag": {"type": "boolean"},
            "takes_content": {"type": "boolean"},
            "choices": {"type": "array", "items": {"type": "string"}}}}}}}}}},
  "Estimate": {"type": "object", "required": ["low", "likely", "high"], "properties": {
    "low": {"type": "number"}, "likely": {"type": "number"}, "high": {"type": "number"}}},
  "Range": {"type": "object", "required": ["low", "high"], "description":
    "a number, or the band that it lies in where the number is not shown", "properties": {
      "low": {"type": "number"}, "high": {"type": "number"}}},
  "Project": {"type": "object", "required": ["id", "name", "item", "lead", "members", "acts"],
    "properties": {
      "changed": {"type": "string",
        "description": "when something of it last changed for the reader"},
      "acts": {"description": "what it waits for", "type": "array", "items": {"type": "object",
        "required": ["act", "state", "record", "name"], "properties": {
          "act": {"enum": ["approve", "join", "sign", "answer"]},
          "state": {"type": "string", "description": "that does it"},
          "record": {"type": "string",
            "description": "the project; of sign the paper, of answer the line"},
          "name": {"type": "string"},
          "about": {"type": "string", "description": "approve: the state that joins"}}}},
      "id": {"type": "string"}, "name": {"type": "string"},
      "item": {"type": "string"}, "lead": {"type": "string"}, "stage": {"type": "string"},
      "members": {"type": "array", "items": {"type": "string"}},
      "quantity": {"$ref": "#/components/schemas/Range"}}},
  "Sentence": {"type": "object", "required": ["text"], "description":
    "in English, and as a code with what stands in the sentence, by which a page words it; one without a code that is made of parts has those",
    "properties": {"text": {"type": "string"}, "code": {"type": "string"},
      "values": {"type": "object", "additionalProperties": {
        "type": "array", "items": {"type": "string"}}},
      "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Sentence"}}}},
  "Projects": {"type": "object", "required": ["projects"], "properties": {"projects": {
    "type": "array", "items": {"$ref": "#/components/schemas/Project"}}}},
  "Payments": {"type": "array", "items": {"type": "object", "required": ["state", "pays"],
    "properties": {"state": {"type": "string"}, "pays": {"type": "number"}}}},
  "ProjectRoom": {"allOf": [{"$ref": "#/components/schemas/Project"}, {"type": "object",
    "required": ["participants", "papers", "specification", "shares", "next_steps", "rules"],
    "properties": {
      "participants": {"type": "array", "items": {"type": "object",
        "required": ["state", "standing"], "properties": {"state": {"type": "string"},
          "standing": {"type": "string"}, "quantity": {"$ref": "#/components/schemas/Range"},
          "variant": {"type": "string"}, "need_by": {"type": "string"},
          "record": {"type": "string", "description": "of its part"}}}},
      "papers": {"type": "array", "items": {"type": "object",
        "required": ["id", "name", "kind", "state", "parties", "signatures", "missing"],
        "properties": {"id": {"type": "string"}, "name": {"type": "string"},
          "kind": {"type": "string"}, "state": {"type": "string"},
          "parties": {"type": "array", "items": {"type": "string"}},
          "signatures": {"type": "array", "items": {"type": "object", "properties": {
            "state": {"type": "string"}, "day": {"type": "string"},
            "office": {"type": "string"}}}},
          "missing": {"type": "array", "items": {"type": "string"}},
          "under": {"type": "string"}, "quantity": {"$ref": "#/components/schemas/Range"},
          "value": {"$ref": "#/components/schemas/Range"},
          "left": {"$ref": "#/components/schemas/Range"}, "until": {"type": "string"},
          "delivered": {"type": "string"}}}},
      "specification": {"type": "array", "items": {"type": "object",
        "required": ["id", "name", "weight", "gap", "positions"], "properties": {
          "id": {"type": "string"}, "name": {"type": "string"},
          "weight": {"enum": ["must", "should"]}, "value": {"type": "string"},
          "standard": {"type": "string"},
          "gap": {"enum": ["none", "silent", "variant", "refused"]},
          "positions": {"type": "array", "items": {"type": "object", "properties": {
            "state": {"type": "string"}, "answer": {"type": "string"},
            "value": {"type": "string"}, "reason": {"type": "string"}}}}}}},
      "shares": {"type": "object", "properties": {"why_not": {"type": "string"},
        "together": {"type": "number"}, "rule": {"type": "string"},
        "left_out": {"type": "array", "items": {"type": "string"}},
        "alone": {"$ref": "#/components/schemas/Payments"},
        "rules": {"type": "array", "items": {"type": "object",
          "required": ["rule", "chosen", "payments"], "properties": {
            "rule": {"type": "string"}, "chosen": {"type": "boolean"},
            "payments": {"$ref": "#/components/schemas/Payments"}}}},
        "changes": {"type": "array", "items": {"type": "object",
          "required": ["state", "joins", "together", "payments"], "properties": {
            "state": {"type": "string"}, "joins": {"type": "boolean"},
            "together": {"type": "number"}, "alone": {"type": "number"},
            "payments": {"$ref": "#/components/schemas/Payments"}}}}}},
      "next_steps": {"type": "array", "items": {"$ref": "#/components/schemas/Sentence"}},
      "rules": {"type": "array", "items": {"type": "object", "properties": {
        "state": {"type": "string"}, "name": {"type": "string"}, "stage": {"type": "string"},
        "text": {"type": "string"}, "link": {"type": "string"}, "source": {"type": "string"},
        "confidence": {"type": "string"}}}}}}]},
  "Coverage": {"type": "object", "required": ["coverage"], "properties": {"coverage": {
    "type": "array", "items": {"type": "object", "required": ["state", "type", "records"],
      "properties": {"state": {"type": "string"}, "type": {"type": "string"},
        "records": {"type": "integer"}}}}}},
  "Changes": {"type": "object", "required": ["changes"], "properties": {"changes": {
    "type": "array", "items": {"type": "object",
      "required": ["record", "type", "owner", "at", "first"], "properties": {
        "record": {"type": "string"}, "type": {"type": "string"}, "owner": {"type": "string"},
        "name": {"type": "string"}, "at": {"type": "string"},
        "first": {"type": "boolean",
          "description": "the reader was shown nothing of it before"}}}}}},
  "Notices": {"type": "object", "required": ["notices"], "properties": {"notices": {
    "type": "array", "items": {"type": "object", "properties": {"record": {"type": "string"},
      "type": {"type": "string"}, "owner": {"type": "string"}, "at": {"type": "string"},
      "fields": {"type": "array", "items": {"type": "string"}},
      "acknowledged": {"type": "boolean"}}}}}},
  "AuditEntries": {"type": "object", "required": ["entries"], "properties": {"entries": {
    "type": "array", "items": {"type": "object", "properties": {"number": {"type": "integer"},
      "at": {"type": "string"}, "kind": {"type": "string"}, "record": {"type": "string"},
      "reader": {"type": "string"}, "fields": {"type": "array", "items": {"type": "string"}},
      "actor": {"type": "string"}, "detail": {"type": "string"}}}},
    "records": {"description": "with 'names': by identifier, those that are shown",
      "type": "object", "additionalProperties": {"type": "object", "required": ["type"],
        "properties": {"type": {"type": "string"}, "name": {"type": "string"}}}}}},
  "Account": {"type": "object", "required": ["name", "state", "roles", "cap", "enabled"],
    "properties": {"name": {"type": "string"}, "display_name": {"type": "string"},
      "state": {"type": "string"}, "organisation": {"type": "string"}, "roles": {"type": "string"},
      "cap": {"type": "string"}, "enabled": {"type": "boolean"},
      "has_second_factor": {"type": "boolean"}, "created": {"type": "string"},
      "created_by": {"type": "string"}}},
  "Accounts": {"type": "object", "required": ["accounts"], "properties": {"accounts": {
    "type": "array", "items": {"$ref": "#/components/schemas/Account"}}}},
  "NewAccount": {"type": "object", "required": ["name", "roles"], "properties": {
    "name": {"type": "string"}, "display_name": {"type": "string"},
    "organisation": {"type": "string"}, "roles": {"type": "string"}}},
  "AccountChange": {"type": "object", "properties": {"display_name": {"type": "string"},
    "roles": {"type": "string"}, "cap": {"type": "string"}, "enabled": {"type": "boolean"}}},
  "Link": {"type": "object", "required": ["issuer", "subject"], "properties": {
    "issuer": {"type": "string"}, "subject": {"type": "string"}}},
  "Links": {"type": "object", "required": ["issuer", "links"], "properties": {
    "issuer": {"type": ["string", "null"]},
    "links": {"type": "array", "items": {"$ref": "#/components/schemas/Link"}}}},
  "Password": {"type": "object", "required": ["password"], "properties": {
    "password": {"type": "string"}}},
  "PasswordChange": {"type": "object", "required": ["name", "password", "new_password"],
    "properties": {"name": {"type": "string"}, "password": {"type": "string"},
      "code": {"type": "string"}, "new_password": {"type": "string"}}},
  "SecondFactor": {"type": "object", "required": ["secret", "uri"], "properties": {
    "secret": {"type": "string"}, "uri": {"type": "string"}}},
  "Proof": {"type": "object", "required": ["password"], "properties": {
    "password": {"type": "string"}, "code": {"type": "string"}}},
  "Code": {"type": "object", "required": ["code"], "properties": {"code": {"type": "string"}}},
  "RecoveryCodes": {"type": "object", "required": ["recovery_codes"], "properties": {
    "recovery_codes": {"type": "array", "items": {"type": "string"}}}},
  "Sessions": {"type": "object", "required": ["sessions"], "properties": {"sessions": {
    "type": "array", "items": {"type": "object"}}}},
  "Token": {"type": "object", "required": ["id", "label", "scopes", "made", "expires"],
    "properties": {"id": {"type": "string"}, "label": {"type": "string"},
      "scopes": {"type": "string"}, "made": {"type": "string"}, "expires": {"type": "string"},
      "last_used": {"type": ["string", "null"]}}},
  "MadeToken": {"type": "object", "required": ["id", "token"], "properties": {
    "id": {"type": "string"}, "token": {"type": "string"}}},
  "Tokens": {"type": "object", "required": ["tokens"], "properties": {"tokens": {
    "type": "array", "items": {"$ref": "#/components/schemas/Token"}}}},
  "NewToken": {"type": "object", "required": ["scopes"], "properties": {
    "label": {"type": "string"}, "scopes": {"type": "string"}, "days": {"type": "integer"}}},
  "NewJob": {"type": "object", "required": ["analysis"], "properties": {
    "analysis": {"type": "string"}, "format": {"enum": ["json", "csv", "xlsx", "html"]},
    "parameters": {"type": "object"}}},
  "Job": {"type": "object",
    "required": ["id", "analysis", "state", "step", "part", "asked_at", "can_go_on", "error"],
    "properties": {"id": {"type": "string"}, "analysis": {"type": "string"},
      "state": {"enum": ["queued", "running", "done", "failed", "stopped"]},
      "step": {"type": "string"}, "part": {"type": "number"}, "asked_at": {"type": "string"},
      "can_go_on": {"type": "boolean"}, "error": {"type": ["object", "null"]}}},
  "StateJob": {"type": "object",
    "required": ["id", "account", "analysis", "state", "asked_at", "started_at", "seconds"],
    "properties": {"id": {"type": "string"}, "account": {"type": "string"},
      "analysis": {"type": "string"}, "state": {"enum": ["queued", "running", "stopped"]},
      "asked_at": {"type": "string"}, "started_at": {"type": ["string", "null"]},
      "seconds": {"type": "integer",
        "description": "since it began to run, or was asked for if it waits"}}},
  "StateJobs": {"type": "object", "required": ["jobs"], "properties": {"jobs": {
    "type": "array", "items": {"$ref": "#/components/schemas/StateJob"}}}},
  "Cosigned": {"type": "array", "items": {"type": "object", "required": ["member", "at"],
    "properties": {"member": {"type": "string"}, "at": {"type": "string"}}}},
  "AuditHead": {"type": "object", "required": ["size", "note", "signatures"], "properties": {
    "size": {"type": "integer"}, "note": {"type": "string"},
    "signatures": {"type": "array", "items": {"type": "object", "required": ["name", "at"],
      "properties": {"name": {"type": "string"}, "at": {"type": ["string", "null"]}}}},
    "holds": {"type": "boolean"}, "cosigned": {"$ref": "#/components/schemas/Cosigned"},
    "problems": {"type": "array", "items": {"type": "string"}}}},
  "AuditLog": {"type": "object", "required": ["kept"], "properties": {
    "kept": {"type": "boolean"}, "origin": {"type": "string"},
    "own_entries": {"type": "integer"}, "can_sign": {"type": "boolean"},
    "has_policy": {"type": "boolean"},
    "head": {"anyOf": [{"$ref": "#/components/schemas/AuditHead"}, {"type": "null"}]}}},
  "AuditVerdict": {"type": "object",
    "required": ["holds", "owner", "origin", "size", "entries", "gapless", "cosigned", "problems"],
    "properties": {"holds": {"type": "boolean"}, "owner": {"type": "string"},
      "origin": {"type": "string"}, "size": {"type": "integer"}, "entries": {"type": "integer"},
      "gapless": {"type": "boolean"}, "cosigned": {"$ref": "#/components/schemas/Cosigned"},
      "problems": {"type": "array", "items": {"type": "string"}}}},
  "BundlePlace": {"type": ["object", "null"], "properties": {
    "number": {"type": "integer"}, "at": {"type": "string"}}},
  "Bundles": {"type": "object",
    "required": ["exchanged", "sender_key", "recipient_key", "exchanges"], "properties": {
      "exchanged": {"type": "boolean"}, "sender_key": {"type": ["string", "null"]},
      "recipient_key": {"type": ["string", "null"]},
      "exchanges": {"type": "array", "items": {"type": "object",
        "required": ["state", "sent", "received"], "properties": {"state": {"type": "string"},
          "sent": {"$ref": "#/components/schemas/BundlePlace"},
          "received": {"$ref": "#/components/schemas/BundlePlace"}}}}}},
  "NewBundle": {"type": "object", "required": ["for"], "properties": {
    "for": {"type": "string", "description": "MYS, org:NAME or everyone"},
    "anew": {"type": "boolean"}, "since": {"type": "integer"},
    "seal_for": {"type": "string", "description": "public key of the recipient"}}},
  "BundleChanges": {"type": "object",
    "required": ["from", "to", "number", "at", "repeated", "unchanged", "records", "saved"],
    "properties": {"from": {"type": "string"}, "to": {"type": "string"},
      "number": {"type": "integer"}, "at": {"type": "string"}, "repeated": {"type": "boolean"},
      "begins_anew": {"type": "boolean"}, "unchanged": {"type": "integer"},
      "saved": {"type": "boolean"}, "records": {"type": "array", "items": {"type": "object",
        "required": ["id", "type", "change", "fields", "taken_back"], "properties": {
          "id": {"type": "string"}, "type": {"type": "string"},
          "change": {"enum": ["new", "changed", "withdrawn", "conflict"]},
          "fields": {"type": "array", "items": {"type": "string"}},
          "taken_back": {"type": "array", "items": {"type": "string"}}}}}}},
  "ReceivedRecords": {"type": "object", "required": ["records"], "properties": {"records": {
    "type": "array", "items": {"type": "object", "required": ["record", "from", "bundle", "at"],
      "properties": {"record": {"$ref": "#/components/schemas/Record"},
        "from": {"type": "string"}, "bundle": {"type": "integer"},
        "at": {"type": "string"}}}}}},
  "Server": {"type": "object", "required": ["version", "store", "keys"], "properties": {
    "version": {"type": "string"}, "store": {"type": "string"},
    "audit_log": {"type": "boolean"}, "accounts": {"type": "boolean"},
    "login_service": {"type": "boolean"}, "backups": {"type": "boolean"},
    "login_service_of": {"type": ["string", "null"], "description":
      "the state whose accounts it signs in"},
    "jobs_running": {"type": "integer"}, "jobs_waiting": {"type": "integer"},
    "keys": {"type": "array", "items": {"type": "object", "required": ["use", "name", "public"],
      "properties": {"use": {"type": "string"}, "name": {"type": "string"},
        "public": {"type": "string"}}}}}},
  "Backups": {"type": "object", "required": ["kept", "backups"], "properties": {
    "kept": {"type": "boolean"}, "backups": {"type": "array", "items": {"type": "string"}}}},
  "Backup": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
  "PoolPeriod": {"type": "object", "required": ["from", "until", "states", "unknown"],
    "properties": {"from": {"type": "string"}, "until": {"type": "string"},
      "states": {"type": "array", "items": {"type": "string"}},
      "quantity": {"$ref": "#/components/schemas/Range"},
      "unknown": {"type": "integer", "description": "plans whose quantity is not known"}}},
  "PoolGroup": {"type": "object", "required": ["item", "states", "plans", "unknown"],
    "properties": {"item": {"type": "string"},
      "states": {"type": "array", "items": {"type": "string"}},
      "plans": {"type": "integer"}, "unknown": {"type": "integer"},
      "quantity": {"$ref": "#/components/schemas/Range"},
      "busiest": {"$ref": "#/components/schemas/PoolPeriod"}}},
  "PoolMatch": {"type": "object", "required": ["state", "demand", "item", "standards"],
    "properties": {"state": {"type": "string"}, "demand": {"type": "string"},
      "item": {"type": "string"}, "quantity": {"$ref": "#/components/schemas/Range"},
      "variant": {"type": "string"},
      "standards": {"type": "array", "items": {"type": "string"}},
      "from": {"type": "string"}, "until": {"type": "string"}, "own": {"type": "boolean"},
      "because": {"type": "array", "items": {"$ref": "#/components/schemas/Sentence"}},
      "but": {"type": "array", "items": {"$ref": "#/components/schemas/Sentence"}}}},
  "Pool": {"type": "object", "required": ["from", "until"], "description":
    "with an item, who else plans to buy it; without one, groups", "properties": {
      "from": {"type": "string"}, "until": {"type": "string"}, "item": {"type": "string"},
      "groups": {"type": "array", "items": {"$ref": "#/components/schemas/PoolGroup"}},
      "wanted": {"$ref": "#/components/schemas/PoolMatch"},
      "others": {"type": "array", "items": {"type": "string"},
        "description": "states that buy it, but the reader's own"},
      "together": {"$ref": "#/components/schemas/PoolGroup"},
      "matches": {"type": "array", "items": {"$ref": "#/components/schemas/PoolMatch"}},
      "near_misses": {"type": "array", "items": {"$ref": "#/components/schemas/PoolMatch"}},
      "periods": {"type": "array", "items": {"$ref": "#/components/schemas/PoolPeriod"}},
      "breaks": {"type": "array", "items": {"type": "object",
        "required": ["from", "price", "wanted", "reached"], "properties": {
          "from": {"type": "number"}, "price": {"type": "number"},
          "wanted": {"$ref": "#/components/schemas/Range"},
          "reached": {"enum": ["yes", "perhaps", "no"]}}}},
      "funnel": {"type": "array", "items": {"type": "object", "required": ["stage", "states"],
        "properties": {"stage": {"enum": ["planned", "interested", "signed", "committed",
          "ordered", "delivered"]},
          "states": {"type": "array", "items": {"type": "string"}},
          "quantity": {"$ref": "#/components/schemas/Range"}}}},
      "projects": {"type": "array", "items": {"type": "string"}},
      "counted": {"type": "array", "items": {"type": "string"},
        "description": "states whose quantity is known: the saving is theirs"},
      "saving": {"type": "object", "description": "of an offer, to two states or more",
        "required": ["apart", "together", "saving", "share"], "properties": {
          "apart": {"$ref": "#/components/schemas/Estimate"},
          "together": {"$ref": "#/components/schemas/Estimate"},
          "saving": {"$ref": "#/components/schemas/Estimate"},
          "share": {"$ref": "#/components/schemas/Estimate"}}},
      "splits": {"type": "array", "items": {"type": "object",
        "required": ["lines", "cost", "costs_more"], "properties": {
          "lines": {"type": "integer"}, "cost": {"$ref": "#/components/schemas/Estimate"},
          "costs_more": {"$ref": "#/components/schemas/Estimate"},
          "of_saving": {"$ref": "#/components/schemas/Estimate"}}}},
      "lots": {"type": "array", "description": "of a learning curve", "items": {"type": "object",
        "required": ["lot", "bought", "first_piece", "last_piece", "piece_cost", "lot_cost"],
        "properties": {"lot": {"type": "string", "description": "a state, or all"},
          "bought": {"enum": ["alone", "together"]}, "first_piece": {"type": "integer"},
          "last_piece": {"type": "integer"}, "midpoint": {"type": "number"},
          "midpoint_asher": {"type": "number"},
          "piece_cost": {"$ref": "#/components/schemas/Estimate"},
          "lot_cost": {"$ref": "#/components/schemas/Estimate"}}}},
      "currency": {"type": "string", "description": "of all amounts, where the terms name one"},
      "exchanged": {"type": "array", "items": {"type": "string"},
        "description": "the rates that were taken, with their days"}}},
  "OfferTerms": {"type": "array", "items": {"type": "object", "required": ["term"], "properties": {
    "term": {"type": "string"}, "from": {"type": "number"}, "low": {"type": "number"},
    "likely": {"type": "number"}, "high": {"type": "number"}, "text": {"type": "string"},
    "currency": {"type": "string"}}}},
  "ExchangeRates": {"type": "array", "items": {"type": "object",
    "required": ["base", "currency", "day", "rate"], "properties": {
      "base": {"type": "string"}, "currency": {"type": "string"}, "day": {"type": "string"},
      "rate": {"type": "number"}, "until": {"type": "string"}}}},
  "PoolQuestion": {"type": "object", "description":
    "what is asked of the plans, and what an offer costs", "properties": {
      "item": {"type": "string"}, "years": {"type": "integer"},
      "price_breaks": {"type": "array", "items": {"type": "object", "required": ["from", "price"],
        "properties": {"from": {"type": "number"}, "price": {"type": "number"}}}},
      "terms": {"$ref": "#/components/schemas/OfferTerms"},
      "rates": {"$ref": "#/components/schemas/ExchangeRates"},
      "on": {"type": "string", "description": "the day of the rates; today"},
      "currency": {"type": "string",
        "description": "of the answer, where the terms name currencies; the first of them"}}},
  "SharingQuestion": {"type": "object", "description":
    "either a game: what each set of states would pay, or save; or quantities with price breaks or a learning curve",
    "properties": {
      "game": {"type": "array", "items": {"type": "object", "required": ["coalition", "amount"],
        "properties": {"coalition": {"type": "array", "items": {"type": "string"}},
          "amount": {"type": "number"}}}},
      "savings": {"type": "boolean"},
      "quantities": {"type": "array", "items": {"type": "object", "required": ["state", "quantity"],
        "properties": {"state": {"type": "string"}, "quantity": {"type": "number"}}}},
      "price_breaks": {"type": "array", "items": {"type": "object", "required": ["from", "price"],
        "properties": {"from": {"type": "number"}, "price": {"type": "number"}}}},
      "breaks_for": {"enum": ["all-units", "incremental"]},
      "first_unit": {"type": "number"}, "slope": {"type": "number"},
      "learning": {"enum": ["crawford", "wright"]},
      "made_before": {"type": "integer"}, "learning_lost": {"type": "number"},
      "non_recurring": {"type": "number"}, "coordination": {"type": "number"},
      "terms": {"$ref": "#/components/schemas/OfferTerms"},
      "rates": {"$ref": "#/components/schemas/ExchangeRates"},
      "on": {"type": "string"}, "currency": {"type": "string"},
      "draws": {"type": "integer"}, "proof": {"type": "boolean"}}},
  "ReciprocityQuestion": {"type": "object", "required": ["states", "pairs"], "properties": {
    "states": {"type": "array", "items": {"type": "object",
      "required": ["state", "demand", "capacity", "outside_premium"], "properties": {
        "state": {"type": "string"}, "demand": {"type": "number"},
        "capacity": {"type": "number"}, "outside_premium": {"type": "number"},
        "carry": {"type": "number"}, "band": {"type": "number"}}}},
    "pairs": {"type": "array", "items": {"type": "object",
      "required": ["buyer", "seller", "premium"], "properties": {
        "buyer": {"type": "string"}, "seller": {"type": "string"},
        "premium": {"type": "number"}, "most": {"type": "number"}}}},
    "band": {"type": "number"}, "ratio": {"type": "number"},
    "premium_cap": {"type": "number"}}},
  "Jobs": {"type": "object", "required": ["jobs"], "properties": {"jobs": {
    "type": "array", "items": {"$ref": "#/components/schemas/Job"}}}}
})json";

}  // namespace

Json list_schemas() {
    Json list = Json::parse(schemas);
    Json& code = list["Sentence"]["properties"]["code"];
    for (const Saying& saying : sayings) {
        code["enum"].push_back(saying.code);
        code["x-english"].push_back(saying.english);
    }
    return list;
}

}  // namespace adic::server

#include "store/postgres/layouts.hpp"

#include "adic/registry/store/postgres_store.hpp"

#include <array>

namespace adic::registry {
namespace {

/// Versions are only ever added, whoever asks: the owner of the tables too. What is latest follows
/// from them in the same statement, and nobody else writes it.
///
/// Writers wait for one another (adic.begin_write): each sees what the one before it wrote.
/// The tables of a statement are joined by their keys alone, for plans are kept, and one that was
/// made for thousands of rows would read all records for every single one.
constexpr std::string_view versions_forward = R"(
CREATE TABLE adic.version (
    id text COLLATE "C" NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    type text COLLATE "C" NOT NULL,
    owner text COLLATE "C" NOT NULL,
    at bigint NOT NULL,
    author text NOT NULL,
    why text NOT NULL,
    is_withdrawn boolean NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (id, number)
);
CREATE TABLE adic.latest (
    id text COLLATE "C" PRIMARY KEY,
    number bigint NOT NULL,
    type text COLLATE "C" NOT NULL,
    owner text COLLATE "C" NOT NULL,
    is_withdrawn boolean NOT NULL
);
CREATE INDEX latest_by_type ON adic.latest (type, owner, id) WHERE NOT is_withdrawn;
CREATE INDEX latest_by_owner ON adic.latest (owner, id) WHERE NOT is_withdrawn;
CREATE TABLE adic.turn ();

CREATE FUNCTION adic.begin_write() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    LOCK TABLE adic.turn IN EXCLUSIVE MODE;
    PERFORM set_config('idle_in_transaction_session_timeout', '60s', true);
    IF current_setting('synchronous_commit') = 'off' THEN
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
END $$;

CREATE FUNCTION adic.take_turn() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM adic.begin_write();
    RETURN NULL;
END $$;

CREATE FUNCTION adic.refuse_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'what is in %.% is not changed and not deleted', TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION adic.follow_versions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added a LEFT JOIN adic.latest l ON l.id = a.id
        WHERE a.number <> coalesce(l.number, 0) + 1 OR a.type <> l.type OR a.owner <> l.owner
    ) THEN
        RAISE EXCEPTION 'a version follows the latest of its record, with its owner and type'
            USING ERRCODE = 'unique_violation';
    END IF;
    INSERT INTO adic.latest (id, number, type, owner, is_withdrawn)
        SELECT id, number, type, owner, is_withdrawn FROM added
        ON CONFLICT (id) DO UPDATE
            SET number = excluded.number, is_withdrawn = excluded.is_withdrawn;
    RETURN NULL;
END $$;

CREATE TRIGGER version_takes_its_turn BEFORE INSERT ON adic.version
    FOR EACH STATEMENT EXECUTE FUNCTION adic.take_turn();
CREATE TRIGGER version_is_followed AFTER INSERT ON adic.version
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION adic.follow_versions();
CREATE TRIGGER version_is_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON adic.version
    FOR EACH STATEMENT EXECUTE FUNCTION adic.refuse_change();

REVOKE ALL ON ALL TABLES IN SCHEMA adic FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA adic FROM PUBLIC;
)";

/// The order in which versions came. Numbers are given out while the writer has its turn, which it
/// keeps until it has committed: who sees a number sees all smaller ones.
constexpr std::string_view feed_forward = R"(
CREATE TABLE adic.change (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL,
    number bigint NOT NULL
);
INSERT INTO adic.change (id, number)
    SELECT id, number FROM adic.version
    ORDER BY max(at) OVER (PARTITION BY id ORDER BY number), id, number;

CREATE FUNCTION adic.note_changes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO adic.change (id, number) SELECT id, number FROM added;
    RETURN NULL;
END $$;

CREATE TRIGGER version_is_noted AFTER INSERT ON adic.version
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION adic.note_changes();
CREATE TRIGGER change_is_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON adic.change
    FOR EACH STATEMENT EXECUTE FUNCTION adic.refuse_change();

REVOKE ALL ON adic.change FROM PUBLIC;
REVOKE ALL ON FUNCTION adic.note_changes() FROM PUBLIC;
)";

constexpr std::string_view feed_back = R"(
DROP TRIGGER version_is_noted ON adic.version;
DROP FUNCTION adic.note_changes();
DROP TABLE adic.change;
)";

/// The second wall. A login stands for every state (a gateway) or for one, and it cannot choose for
/// whom: it is looked up by the name that it has authenticated with, which SET ROLE leaves as it
/// is.
///
/// `audiences` is worked out by the server from the body of a version, so it cannot say anything
/// else than the policy that is stored. It has who was ever granted more than nothing, whatever the
/// day: embargoes, expiries, fields and the rest are for the ReleaseGate.
///
/// A version is read where itself and the latest of its record allow it, as in (L6) of
/// docs/explanation/release.md.
constexpr std::string_view security_forward = R"(
CREATE FUNCTION adic.audiences_of(body text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT name COLLATE "C"), '{}') FROM (
        SELECT CASE g ->> 'to'
            WHEN '0' THEN 'organisation:' || (g ->> 'id')
            WHEN '1' THEN 'state:' || (g ->> 'id')
            WHEN '2' THEN 'bloc:' || (g ->> 'id')
            WHEN '3' THEN 'everyone'
        END
        FROM pg_catalog.json_array_elements(body::json -> 'release') g
        WHERE g ->> 'disclosure' <> 'none'
        UNION ALL
        SELECT 'organisation:' || (body::json ->> 'organisation')
    ) named (name)
    WHERE name IS NOT NULL
$$;

ALTER TABLE adic.version ADD COLUMN audiences text[] NOT NULL
    GENERATED ALWAYS AS (adic.audiences_of(body)) STORED;
ALTER TABLE adic.latest ADD COLUMN audiences text[] NOT NULL DEFAULT '{}';
UPDATE adic.latest l SET audiences = v.audiences
    FROM adic.version v WHERE v.id = l.id AND v.number = l.number;

CREATE OR REPLACE FUNCTION adic.follow_versions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added a LEFT JOIN adic.latest l ON l.id = a.id
        WHERE a.number <> coalesce(l.number, 0) + 1 OR a.type <> l.type OR a.owner <> l.owner
    ) THEN
        RAISE EXCEPTION 'a version follows the latest of its record, with its owner and type'
            USING ERRCODE = 'unique_violation';
    END IF;
    INSERT INTO adic.latest (id, number, type, owner, is_withdrawn, audiences)
        SELECT id, number, type, owner, is_withdrawn, audiences FROM added
        ON CONFLICT (id) DO UPDATE
            SET number = excluded.number, is_withdrawn = excluded.is_withdrawn,
                audiences = excluded.audiences;
    RETURN NULL;
END $$;

CREATE TABLE adic.login (
    name text COLLATE "C" PRIMARY KEY,
    state text COLLATE "C",
    audiences text[] NOT NULL
);

CREATE FUNCTION adic.acts_for_all() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
    'SELECT EXISTS (SELECT FROM adic.login WHERE name = session_user AND state IS NULL)';
CREATE FUNCTION adic.acts_for() RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
    'SELECT state FROM adic.login WHERE name = session_user';
CREATE FUNCTION adic.belongs_to() RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
    'SELECT audiences FROM adic.login WHERE name = session_user';

ALTER TABLE adic.version ENABLE ROW LEVEL SECURITY;
ALTER TABLE adic.latest ENABLE ROW LEVEL SECURITY;
CREATE POLICY latest_is_read ON adic.latest FOR SELECT USING (
    (SELECT adic.acts_for_all()) OR owner = (SELECT adic.acts_for())
    OR (NOT is_withdrawn AND audiences && (SELECT adic.belongs_to()))
);
CREATE POLICY version_is_read ON adic.version FOR SELECT USING (
    (SELECT adic.acts_for_all()) OR owner = (SELECT adic.acts_for())
    OR (audiences && (SELECT adic.belongs_to())
        AND EXISTS (SELECT FROM adic.latest l WHERE l.id = version.id))
);
CREATE POLICY version_is_written ON adic.version FOR INSERT WITH CHECK (
    (SELECT adic.acts_for_all()) OR owner = (SELECT adic.acts_for())
);

CREATE FUNCTION adic.let_in(who name) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA adic TO %I', who);
    EXECUTE format('GRANT SELECT ON adic.migration, adic.version, adic.latest TO %I', who);
    EXECUTE format('GRANT INSERT (id, number, type, owner, at, author, why, is_withdrawn, body)'
                   ' ON adic.version TO %I', who);
    EXECUTE format('GRANT EXECUTE ON FUNCTION adic.begin_write(), adic.acts_for_all(),'
                   ' adic.acts_for(), adic.belongs_to(), adic.audiences_of(text) TO %I', who);
END $$;

CREATE FUNCTION adic.admit_gateway(who name) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM adic.dismiss(who);
    PERFORM adic.let_in(who);
    EXECUTE format('GRANT SELECT ON adic.change TO %I', who);
    INSERT INTO adic.login VALUES (who, NULL, '{}');
END $$;

CREATE FUNCTION adic.admit(who name, state text, blocs text[]) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF coalesce(state, '') = '' THEN
        RAISE EXCEPTION 'a login acts for a state; adic.admit_gateway is for one that acts for all';
    END IF;
    PERFORM adic.dismiss(who);
    PERFORM adic.let_in(who);
    INSERT INTO adic.login VALUES (
        who, state,
        array['everyone', 'state:' || state]
            || ARRAY(SELECT 'bloc:' || b FROM unnest(blocs) b WHERE b IS NOT NULL)
    );
END $$;

CREATE FUNCTION adic.dismiss(who name) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM adic.login WHERE name = who;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = who) THEN
        RETURN;
    END IF;
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA adic FROM %I', who);
    EXECUTE format('REVOKE INSERT (id, number, type, owner, at, author, why, is_withdrawn, body)'
                   ' ON adic.version FROM %I', who);
    EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA adic FROM %I', who);
    EXECUTE format('REVOKE ALL ON SCHEMA adic FROM %I', who);
END $$;

REVOKE ALL ON adic.login FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA adic FROM PUBLIC;
)";

/// Logins that were let in are shut out: without the policies they would read everything.
constexpr std::string_view security_back = R"(
SELECT adic.dismiss(name::name) FROM adic.login;
DROP POLICY version_is_written ON adic.version;
DROP POLICY version_is_read ON adic.version;
DROP POLICY latest_is_read ON adic.latest;
ALTER TABLE adic.version DISABLE ROW LEVEL SECURITY;
ALTER TABLE adic.latest DISABLE ROW LEVEL SECURITY;
DROP FUNCTION adic.admit_gateway(name);
DROP FUNCTION adic.admit(name, text, text[]);
DROP FUNCTION adic.dismiss(name);
DROP FUNCTION adic.let_in(name);
DROP FUNCTION adic.acts_for_all();
DROP FUNCTION adic.acts_for();
DROP FUNCTION adic.belongs_to();
DROP TABLE adic.login;
CREATE OR REPLACE FUNCTION adic.follow_versions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added a LEFT JOIN adic.latest l ON l.id = a.id
        WHERE a.number <> coalesce(l.number, 0) + 1 OR a.type <> l.type OR a.owner <> l.owner
    ) THEN
        RAISE EXCEPTION 'a version follows the latest of its record, with its owner and type'
            USING ERRCODE = 'unique_violation';
    END IF;
    INSERT INTO adic.latest (id, number, type, owner, is_withdrawn)
        SELECT id, number, type, owner, is_withdrawn FROM added
        ON CONFLICT (id) DO UPDATE
            SET number = excluded.number, is_withdrawn = excluded.is_withdrawn;
    RETURN NULL;
END $$;
ALTER TABLE adic.latest DROP COLUMN audiences;
ALTER TABLE adic.version DROP COLUMN audiences;
DROP FUNCTION adic.audiences_of(text);
)";

constexpr std::array steps{
    LayoutStep{1, "versions of records", versions_forward, {}},
    LayoutStep{2, "change feed", feed_forward, feed_back},
    LayoutStep{3, "row-level security", security_forward, security_back}};
static_assert(steps.size() == newest_postgres_layout);

}  // namespace

std::span<const LayoutStep> layout_steps() {
    return steps;
}

}  // namespace adic::registry

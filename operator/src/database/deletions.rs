//! Who asked for a flag's end: admission sees them, the audit records the end when the watch tells of it.

use sqlx::{PgPool, Row};

/// Remembers who asked for the end of the object with this uid. Who asked last counts.
pub async fn note(
    pool: &PgPool,
    cluster: &str,
    uid: &str,
    actor: &str,
    groups: &[String],
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "with old as (delete from public.flag_deletions where at < now() - interval '7 days')
         insert into public.flag_deletions (cluster, uid, actor, actor_groups) values ($1, $2, $3, $4)
         on conflict (cluster, uid) do update
         set at = now(), actor = excluded.actor, actor_groups = excluded.actor_groups",
    )
    .bind(cluster)
    .bind(uid)
    .bind(actor)
    .bind(groups)
    .execute(pool)
    .await?;
    Ok(())
}

/// Who asked for it, with their groups.
pub async fn by(
    pool: &PgPool,
    cluster: &str,
    uid: &str,
) -> Result<Option<(String, Vec<String>)>, sqlx::Error> {
    let row =
        sqlx::query("select actor, actor_groups from public.flag_deletions where cluster = $1 and uid = $2")
            .bind(cluster)
            .bind(uid)
            .fetch_optional(pool)
            .await?;
    row.map(|row| Ok((row.try_get("actor")?, row.try_get("actor_groups")?))).transpose()
}

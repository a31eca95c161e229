//! A call goes to another model than it asks for: the name is exchanged where it stands, in the path or in the body.

use tollgate_meter::Splice;

use crate::call::RequestSide;
use crate::intercept::Target;

/// Makes the exchange in the path, or gives the edit of the held body. `None`: neither can be done, for the body could
/// not be held whole, names no model or several, or the path cannot have such a name. What comes of it is asked of no
/// flag again, so there are no loops.
pub(super) fn substitute(
    model: &str,
    target: &mut Target<'_>,
    side: &mut RequestSide,
) -> Option<Option<Splice>> {
    let edit = match target.endpoint.segment("model", &target.plain_path()) {
        Some(_) => {
            target.name_model(model)?;
            None
        }
        None => Some(side.reader().model_splice(model)?),
    };
    side.substitute_model(model);
    Some(edit)
}

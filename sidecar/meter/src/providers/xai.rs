pub(crate) const ENDPOINTS: &[crate::endpoint::Line] = &[];

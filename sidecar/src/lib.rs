pub mod attribute;
pub mod gate;
pub mod state;

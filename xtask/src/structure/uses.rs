//! Finds what the code of each module uses from others: by imports, by paths in code, and in the tokens of macros.

use proc_macro2::TokenStream;
use syn::visit::{self, Visit};
use syn::{
    Arm, Attribute, Block, Expr, ExprClosure, ExprForLoop, ExprIf, ExprLet, ExprMethodCall, ExprPath, ExprWhile, Field, GenericParam,
    ImplItem, Item, ItemImpl, ItemMod, ItemUse, Local, Macro, PatIdent, Path, QSelf, Stmt, TraitItem, TypePath, Visibility,
};

use super::cycles::Graph;
use super::modules::Modules;
use super::names::{Names, away, segments, subject};
use super::resolve::Found;
use super::syntax::{attributes, is_only_for_tests, name_of, word};
use super::tokens::paths;

/// The import graph of the files of `modules`.
pub fn graph(modules: &Modules) -> Graph {
    let mut graph = Graph::default();
    let away = away(modules);
    for (id, module) in modules.tested() {
        let mut names = Names::new(modules, &away, id, &mut graph);
        module.code.iter().for_each(|item| names.visit_item(item));
        names.imports();
    }
    graph
}

impl<'ast> Visit<'ast> for Names<'_> {
    fn visit_path(&mut self, path: &'ast Path) {
        if let Some(first) = path.segments.first() {
            self.name(&segments(path), first.ident.span().start().line);
        }
        visit::visit_path(self, path);
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        self.visit_qualified(path.qself.as_ref(), &path.path);
    }

    fn visit_type_path(&mut self, path: &'ast TypePath) {
        self.visit_qualified(path.qself.as_ref(), &path.path);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if matches!(&*call.receiver, Expr::Path(receiver) if receiver.path.is_ident("self")) {
            let subject = self.subject.clone();
            for (home, item) in subject.iter().filter_map(Found::item) {
                self.method(home, item, &word(&call.method), call.method.span().start().line);
            }
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        if call.path.segments.len() > 1 {
            self.visit_path(&call.path);
        }
        self.visit_token_stream(&call.tokens);
    }

    fn visit_token_stream(&mut self, tokens: &'ast TokenStream) {
        for (path, line) in paths(tokens.clone()) {
            self.name(&path, line);
        }
    }

    fn visit_item(&mut self, item: &'ast Item) {
        if !is_only_for_tests(attributes(item)) {
            self.within(|names| visit::visit_item(names, item));
        }
    }

    fn visit_item_impl(&mut self, block: &'ast ItemImpl) {
        let outer = std::mem::replace(&mut self.subject, subject(self.modules, self.id, block));
        visit::visit_item_impl(self, block);
        self.subject = outer;
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attributes = match item {
            ImplItem::Const(item) => &item.attrs,
            ImplItem::Fn(item) => &item.attrs,
            ImplItem::Type(item) => &item.attrs,
            ImplItem::Macro(item) => &item.attrs,
            _ => return visit::visit_impl_item(self, item),
        };
        if !is_only_for_tests(attributes) {
            self.within(|names| visit::visit_impl_item(names, item));
        }
    }

    fn visit_trait_item(&mut self, item: &'ast TraitItem) {
        self.within(|names| visit::visit_trait_item(names, item));
    }

    fn visit_field(&mut self, field: &'ast Field) {
        if !is_only_for_tests(&field.attrs) {
            visit::visit_field(self, field);
        }
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.within(|names| {
            for statement in &block.stmts {
                match statement {
                    Stmt::Item(Item::Use(item)) if !is_only_for_tests(&item.attrs) => names.bring_in(item),
                    Stmt::Item(item) => name_of(item).into_iter().for_each(|name| names.own(name)),
                    _ => {}
                }
            }
            visit::visit_block(names, block);
        });
    }

    fn visit_local(&mut self, local: &'ast Local) {
        // The value is visited first: the new variable is not in scope there yet.
        if !is_only_for_tests(&local.attrs) {
            local.init.iter().for_each(|init| self.visit_local_init(init));
            self.visit_pat(&local.pat);
        }
    }

    fn visit_expr_let(&mut self, expression: &'ast ExprLet) {
        self.visit_expr(&expression.expr);
        self.visit_pat(&expression.pat);
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.within(|names| visit::visit_expr_closure(names, closure));
    }

    fn visit_expr_if(&mut self, expression: &'ast ExprIf) {
        self.within(|names| {
            names.visit_expr(&expression.cond);
            names.visit_block(&expression.then_branch);
        });
        expression.else_branch.iter().for_each(|(_, otherwise)| self.visit_expr(otherwise));
    }

    fn visit_expr_while(&mut self, expression: &'ast ExprWhile) {
        self.within(|names| visit::visit_expr_while(names, expression));
    }

    fn visit_expr_for_loop(&mut self, expression: &'ast ExprForLoop) {
        self.visit_expr(&expression.expr);
        self.within(|names| {
            names.visit_pat(&expression.pat);
            names.visit_block(&expression.body);
        });
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        if !is_only_for_tests(&arm.attrs) {
            self.within(|names| visit::visit_arm(names, arm));
        }
    }

    fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
        // `None` and constants are named, not bound.
        if word(&pattern.ident).starts_with(char::is_uppercase) {
            self.name(&[word(&pattern.ident)], pattern.ident.span().start().line);
        } else {
            self.variable(&pattern.ident);
        }
        pattern.subpat.iter().for_each(|(_, inner)| self.visit_pat(inner));
    }

    fn visit_generic_param(&mut self, parameter: &'ast GenericParam) {
        match parameter {
            GenericParam::Type(parameter) => self.own(&parameter.ident),
            GenericParam::Const(parameter) => self.variable(&parameter.ident),
            GenericParam::Lifetime(_) => {}
        }
        visit::visit_generic_param(self, parameter);
    }

    /// `visit_block` has already handled each `use` in a block, and a `mod` there is not read; attributes and `pub(super)` use nothing.
    fn visit_item_use(&mut self, _: &'ast ItemUse) {}
    fn visit_item_mod(&mut self, _: &'ast ItemMod) {}
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
    fn visit_visibility(&mut self, _: &'ast Visibility) {}
}

impl Names<'_> {
    fn visit_qualified(&mut self, qself: Option<&QSelf>, path: &Path) {
        match qself {
            // `<T>::name`: only `T` is a path from here.
            Some(qself) if qself.position == 0 => {
                self.visit_type(&qself.ty);
                path.segments.iter().for_each(|segment| self.visit_path_segment(segment));
            }
            qself => {
                qself.into_iter().for_each(|qself| self.visit_qself(qself));
                self.visit_path(path);
            }
        }
    }
}
